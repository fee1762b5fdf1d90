import { spawn, spawnSync } from "node:child_process";
import type { AnyPlug, VarRecord } from "khotan";
import { describe, expect, it } from "vitest";
import { anyAddress } from "../plugs/testing/any-address.ts";
import { json, localServer, type SeenRequest } from "../plugs/testing/local-server.ts";
import { plugFromCurl } from "./curl/plug-from-curl.ts";
import { plugFromOpenApi } from "./openapi/plug-from-openapi.ts";
import { shopDocument } from "./testing/documents.ts";
import { loadCode } from "./testing/load-code.ts";

/** A plug whose endpoints are only known when the test runs. */
interface LoosePlug {
  call(name: string, input?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  callPaged(name: string, input?: object): AsyncIterable<unknown>;
}

/** Run generated code and bind the plug that it defines. */
function bound(code: string, name: string, vars: VarRecord): LoosePlug {
  const plug = Object.values(loadCode(code)).find((each): each is AnyPlug => isPlug(each) && each.name === name);
  if (!plug) throw new Error(`no plug "${name}" in the code`);
  return plug.bind({ tenant: "default", vars, guard: anyAddress }) as unknown as LoosePlug;
}

const isPlug = (value: unknown): value is AnyPlug =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "plug";

const order = (id: number) => ({
  id: `0000000${id}-0000-4000-8000-000000000000`,
  status: "open",
  total: 100 * id,
  undeclared: true,
});

describe("a plug from an OpenAPI document", () => {
  it("calls the API: credentials, paths, bodies, statuses, checks and pages", async () => {
    await using server = await localServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url, "http://a");
      if (pathname === "/v2/orders") {
        const after = searchParams.get("starting_after");
        const data = after === null ? [order(1), order(2)] : [order(3)];
        json(response, 200, { data, has_more: after === null });
      } else if (pathname.endsWith("/404")) json(response, 404, { message: "No such order." });
      else if (pathname.startsWith("/v2/orders/")) json(response, 200, { ...order(1), total: "1" });
      else json(response, 201, { id: "cus_1", ...JSON.parse(request.body) });
    });
    const { code, name } = plugFromOpenApi(
      { ...shopDocument, servers: [{ url: `${server.url}/v2` }] },
      { name: "acme" },
    );
    const acme = bound(code, name, { token: "s3cret", baseUrl: `${server.url}/v2` });

    const orders: unknown[] = [];
    for await (const each of acme.callPaged("ordersList", { query: { limit: 2 } })) orders.push(each);
    expect(orders).toEqual([1, 2, 3].map((id) => ({ id: order(id).id, status: "open", total: 100 * id })));
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/v2/orders?limit=2",
      `/v2/orders?limit=2&starting_after=${order(2).id}`,
    ]);
    expect(server.seen[0]?.headers.authorization).toBe("Bearer s3cret");

    const made = await acme.call("customersCreate", { body: { email: "a@b.example", born: null } });
    expect(made).toMatchObject({ status: 201, body: { id: "cus_1", email: "a@b.example", born: null } });
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({ email: "a@b.example", born: null });

    const before = server.seen.length;
    await expect(acme.call("ordersGet", { params: { orderId: "no uuid" } })).rejects.toMatchObject({
      code: "request_invalid",
    });
    await expect(acme.call("customersCreate", { body: { email: "nobody" } })).rejects.toMatchObject({
      code: "request_invalid",
      issues: [{ path: "body.email" }],
    });
    expect(server.seen.length).toBe(before);
    await expect(acme.call("ordersGet", { params: { orderId: order(1).id } })).rejects.toMatchObject({
      code: "response_invalid",
      issues: [{ path: "body.total" }],
    });
  });
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** What curl itself sends: the command is run, with its address pointed at our server. */
async function sentByCurl(command: string, url: string): Promise<SeenRequest> {
  await using server = await localServer((_request, response) => json(response, 200, {}));
  const child = spawn("sh", ["-c", command.replaceAll(url, server.url)], {
    stdio: "ignore",
    env: { ...process.env, NO_PROXY: "*" },
  });
  await new Promise((resolve) => child.on("exit", resolve));
  const [request] = server.seen;
  if (!request) throw new Error(`curl sent nothing: ${command}`);
  return request;
}

/** What matters of a request: what an API would look at. */
function essence({ method, url, headers, body }: SeenRequest) {
  const { pathname, searchParams } = new URL(url, "http://a");
  const type = headers["content-type"]?.split(";")[0];
  const parsed: unknown =
    type === "application/json"
      ? JSON.parse(body)
      : type === "application/x-www-form-urlencoded"
        ? [...new URLSearchParams(body)].sort()
        : body;
  const { authorization, cookie, accept } = headers;
  const own = Object.entries(headers).filter(([name]) => name.startsWith("x-"));
  return { method, pathname, query: [...searchParams].sort(), type, body: parsed, authorization, cookie, accept, own };
}

const URL_OF_COMMANDS = "https://api.acme.example";

describe.runIf(hasCurl)("a plug from a curl command", () => {
  it.each<[string, VarRecord, object]>([
    [
      `curl ${URL_OF_COMMANDS}/v1/orders/42 -H 'Accept: application/json' -H 'Authorization: Bearer abc'`,
      { token: "abc" },
      { params: { orderId: 42 } },
    ],
    [
      `curl -sSXDELETE ${URL_OF_COMMANDS}/orders/ord_1234567A -u me:pw`,
      { username: "me", password: "pw" },
      { params: { orderId: "ord_1234567A" } },
    ],
    [
      `curl '${URL_OF_COMMANDS}/search?q=a%20b&tag=x&tag=y&page=2' -H "X-Api-Key: k"`,
      { apiKey: "k" },
      { query: { q: "a b", tag: ["x", "y"], page: 2 } },
    ],
    [
      `curl -G ${URL_OF_COMMANDS}/search --data-urlencode 'q=a&b' -d key=k -d limit=5`,
      { key: "k" },
      { query: { q: "a&b", limit: 5 } },
    ],
    [
      `curl ${URL_OF_COMMANDS}/v1/charges -u key: -d amount=100 -d 'metadata[a]=b' -d 'expand[]=x' -d 'expand[]=y' --data-urlencode 'note=a b&c'`,
      { apiKey: "key" },
      { body: { amount: 100, metadata: { a: "b" }, expand: ["x", "y"], note: "a b&c" } },
    ],
    [
      `curl --json '{"a": {"b": [1, null, "é"]}}' ${URL_OF_COMMANDS}/things`,
      {},
      { body: { a: { b: [1, null, "é"] } } },
    ],
    [
      `curl -X PATCH ${URL_OF_COMMANDS}/things/7 -H 'Content-Type: application/json' --data-raw "{\\"a\\":\\"it's\\"}"`,
      {},
      { params: { thingId: 7 }, body: { a: "it's" } },
    ],
    [
      `curl ${URL_OF_COMMANDS}/things -b 'sid=1; t=2' -H 'X-CSRF-Token: c'`,
      { cookie: "sid=1; t=2", csrfToken: "c" },
      {},
    ],
    [`curl -I ${URL_OF_COMMANDS}/things`, {}, {}],
    [`curl -X POST ${URL_OF_COMMANDS}/text -H 'Content-Type: text/plain' -d 'a=b'`, {}, { body: "a=b" }],
  ])("sends what curl sends: %s", async (command, vars, input) => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const { code, name } = plugFromCurl(command.replaceAll(URL_OF_COMMANDS, server.url), { name: "acme" });
    const plug = bound(code, name, vars);
    const [endpoint = ""] = /(?<=endpoints: \{\n {4})\w+/.exec(code) ?? [];
    await plug.call(endpoint, input);
    const expected = essence(await sentByCurl(command, URL_OF_COMMANDS));
    const [seen] = server.seen;
    if (!seen) throw new Error("the plug sent nothing");
    const sent = essence(seen);
    expect({ ...sent, accept: undefined }).toEqual({ ...expected, accept: undefined });
    if (expected.accept !== "*/*") expect(sent.accept).toBe(expected.accept);
  });
});
