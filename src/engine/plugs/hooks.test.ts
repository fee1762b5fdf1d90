import { describe, expect, it } from "vitest";
import { hmacSigned, PlugHttpError, plug } from "./index.ts";
import { json, localServer } from "./testing/local-server.ts";

describe("hooks", () => {
  it("change a request before it is signed, and an answer before it is given", async () => {
    await using server = await localServer((_request, response) => json(response, 200, { data: { id: 1 } }));
    const api = plug({
      name: "api",
      baseUrl: server.url,
      auth: hmacSigned({ secret: "s", message: "{query}{body}", value: "{signature}" }),
      hooks: {
        beforeRequest({ request, attempt, tenant }) {
          request.url.searchParams.set("v", "2");
          request.headers["x-tenant"] = `${tenant}-${attempt}`;
          request.body = { wrapped: request.body };
        },
        afterResponse: ({ response }) => ({ body: (response.body as { data: unknown }).data }),
      },
    });
    expect(await api.post("/", { body: { a: 1 } })).toEqual({ id: 1 });
    expect(server.seen[0]).toMatchObject({
      url: "/?v=2",
      body: '{"wrapped":{"a":1}}',
      headers: { "x-tenant": "default-1" },
    });
  });

  it("store what they learn in one write, seen by the call at once", async () => {
    await using server = await localServer((_request, response) => json(response, 200, { session: "s2" }));
    const writes: unknown[] = [];
    const api = plug({
      name: "api",
      baseUrl: server.url,
      vars: [{ key: "count", type: "number", defaultValue: 0 }],
      hooks: {
        beforeRequest: ({ setVars, vars }) => setVars({ count: vars.count + 1 }),
        afterResponse({ setVars, vars }) {
          setVars({ _session: "s2", _calls: vars.count });
        },
      },
    });
    const bound = api.bind({ tenant: "t", vars: {}, setVars: async (patch) => void writes.push(patch) });
    await bound.get("/");
    await bound.get("/");
    expect(writes).toEqual([
      { count: 1, _session: "s2", _calls: 1 },
      { count: 2, _session: "s2", _calls: 2 },
    ]);
    expect(bound.vars.count).toBe(2);
  });

  it("call an answer an error with a code of its own, which may be worth another attempt", async () => {
    await using server = await localServer((_request, response, count) =>
      json(response, 200, count < 3 ? { ok: false, error: "fatal_error" } : { ok: false, error: "channel_not_found" }),
    );
    const slack = plug({
      name: "slack",
      baseUrl: server.url,
      retry: { baseMs: 0 },
      hooks: {
        afterResponse({ response, fail }) {
          const { ok, error } = response.body as { ok: boolean; error: string };
          if (!ok) fail({ code: `slack.${error}`, message: error, retryable: error === "fatal_error" });
        },
      },
    });
    const caught = await slack.get("/").catch((error: unknown) => error);
    expect(caught).toBeInstanceOf(PlugHttpError);
    expect(caught).toMatchObject({
      code: "slack.channel_not_found",
      status: 200,
      retryable: false,
      message: /channel_not_found/,
    });
    expect(server.seen).toHaveLength(3);
  });

  it("that throw end the call with what they threw", async () => {
    const mine = new RangeError("mine");
    const api = plug({
      name: "api",
      baseUrl: "http://127.0.0.1:1",
      hooks: {
        beforeRequest() {
          throw mine;
        },
      },
    });
    await expect(api.get("/")).rejects.toBe(mine);
  });

  it("cannot move a request to another origin", async () => {
    const api = plug({
      name: "api",
      baseUrl: "http://127.0.0.1:1",
      hooks: {
        beforeRequest({ request }) {
          request.url = new URL("https://evil.example");
        },
      },
    });
    await expect(api.get("/")).rejects.toMatchObject({ code: "path_leaves_origin" });
  });
});
