import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, expectTypeOf, it } from "vitest";
import type { RunDetail, RunRecord } from "../contract/index.ts";
import type { InputFor } from "./call.ts";
import { createClient } from "./create-client.ts";
import { followChanges } from "./follow-changes.ts";
import { KhotanApiError } from "./khotan-api-error.ts";
import { toCurl } from "./to-curl.ts";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return createClient({ baseUrl: `http://127.0.0.1:${port}/api/khotan/`, headers: { authorization: "Bearer k" } });
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

describe("createClient", () => {
  it("puts params, query and body where the route says", async () => {
    const seen: string[] = [];
    const client = await serve(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      json(response, 200, { items: [], page: { next: null, limit: 50 } });
    });
    await client.listRuns({ query: { status: "failed,partial", q: "", limit: 20 } });
    await client.replayEvent({ params: { id: "evt/1" }, body: { handlerId: "hdl_1" } });
    expect(seen).toEqual([
      "GET /api/khotan/runs?status=failed%2Cpartial&limit=20 Bearer k ",
      'POST /api/khotan/events/evt%2F1/replay Bearer k {"handlerId":"hdl_1"}',
    ]);
  });

  it("throws what the envelope says", async () => {
    const client = await serve((_, response) => {
      response.setHeader("retry-after", "7");
      json(response, 422, {
        error: { code: "unknown_variable", message: "No such variable.", issues: [{ path: "x", message: "unknown" }] },
        requestId: "req_1",
      });
    });
    const error = await client.setVariables({ params: { plug: "slack" }, body: { x: 1 } }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(KhotanApiError);
    expect(error).toMatchObject({
      code: "unknown_variable",
      status: 422,
      requestId: "req_1",
      retryAfter: 7,
      issues: [{ path: "x", message: "unknown" }],
    });
  });

  it("names an answer that is not ours, and none at all", async () => {
    const client = await serve((_, response) => response.writeHead(502).end("<html>"));
    await expect(client.getOverview()).rejects.toMatchObject({ code: "http_502", status: 502 });
    const nobody = createClient({ baseUrl: "http://127.0.0.1:1" });
    await expect(nobody.getHealth()).rejects.toMatchObject({ code: "unreachable", status: 0 });
  });

  it("reads bytes exactly", async () => {
    const bytes = Uint8Array.from([0, 255, 13, 10, 128]);
    const client = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(bytes),
    );
    expect(await client.getEventRaw({ params: { id: "evt_1" } })).toEqual(bytes);
  });

  it("refuses a call without its path parameter before sending it", async () => {
    const client = await serve(() => expect.unreachable());
    await expect(client.getRun({ params: { id: "" } })).rejects.toThrow(TypeError);
  });

  it("infers inputs and results from the routes", () => {
    const client = createClient({ baseUrl: "" });
    expectTypeOf(client.getRun).returns.resolves.toEqualTypeOf<RunDetail>();
    expectTypeOf(client.listRuns).returns.resolves.toHaveProperty("items").toEqualTypeOf<RunRecord[]>();
    expectTypeOf(client.getEventRaw).returns.resolves.toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    expectTypeOf(client.getReference).returns.resolves.toEqualTypeOf<string>();
    expectTypeOf<InputFor<"getRun">>().toHaveProperty("params").toEqualTypeOf<{ id: string }>();
    // @ts-expect-error a path parameter is required
    const missing = () => client.getRun();
    // @ts-expect-error the body is required
    const bodyless = () => client.updatePlug({ params: { plug: "x" } });
    expect([missing, bodyless]).toHaveLength(2);
  });
});

describe("followChanges", () => {
  it("reports changes, reconnects after a cut, and stops when refused", async () => {
    let connection = 0;
    const client = await serve((_, response) => {
      connection++;
      if (connection === 3)
        return void json(response, 401, { error: { code: "unauthenticated", message: "no" }, requestId: "r" });
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`: hello\r\n\r\nevent: change\r\ndata: {"topic":"runs","id":"run_${connection}"}\r\n\r\n`);
      response.write("event: change\ndata: nonsense\n\nevent: ping\ndata:\n\n");
      response.end();
    });
    const log: string[] = [];
    const waits: number[] = [];
    await followChanges(client, {
      signal: new AbortController().signal,
      onChange: (change) => log.push(`${change.topic} ${change.id}`),
      onState: (state) => log.push(state),
      wait: async (ms) => void waits.push(ms),
    });
    expect(log).toEqual([
      ...["connecting", "open", "runs run_1", "reconnecting", "open", "runs run_2", "reconnecting", "refused"],
    ]);
    expect(waits).toEqual([500, 500]);
  });
});

describe("toCurl", () => {
  it("quotes for a shell and never holds a key", () => {
    expect(toCurl({ method: "POST", url: "/api/x?a=b&c=d", body: { text: "it's" } }, "https://hub.example")).toBe(
      [
        "curl -X POST 'https://hub.example/api/x?a=b&c=d' \\",
        '  -H "authorization: Bearer $KHOTAN_API_KEY" \\',
        '  -H "content-type: application/json" \\',
        `  -d '{"text":"it'\\''s"}'`,
      ].join("\n"),
    );
  });
});
