import { describe, expect, it } from "vitest";
import { createNetworkGuard } from "../security/network-guard.ts";
import { plug, tokenExchange } from "./index.ts";
import { json, localServer } from "./testing/local-server.ts";

const closed = createNetworkGuard({ allow: "none" });
const vars = [{ key: "host", type: "url", required: true }] as const;

describe("a private network", () => {
  it.each([
    "http://127.0.0.1:%",
    "http://localhost:%",
    "http://[::1]:%",
    "http://[::ffff:127.0.0.1]:%",
    "http://2130706433:%",
    "http://0177.0.0.1:%",
    "http://0x7f.1:%",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "http://metadata.google.internal",
  ])("is not reached by a variable: %s", async (host) => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = plug({ name: "api", baseUrl: (v) => v.host, vars });
    const bound = api.bind({ tenant: "t", vars: { host: host.replace("%", new URL(server.url).port) }, guard: closed });
    await expect(bound.post("/", { body: {} })).rejects.toMatchObject({
      name: "PlugNetworkError",
      code: "network_blocked",
      retryable: false,
      sent: false,
      hint: expect.stringContaining("KHOTAN_ALLOW_PRIVATE_NETWORK"),
      issues: [{ path: "url", message: expect.stringMatching(/^[a-z_]+$/) }],
    });
    expect(server.seen).toHaveLength(0);
  });

  it("is reached by a base URL that is written in code", async () => {
    await using server = await localServer((_request, response) => json(response, 200, { ok: true }));
    expect(
      await plug({ name: "api", baseUrl: server.url }).bind({ tenant: "t", vars: {}, guard: closed }).get("/"),
    ).toEqual({ ok: true });
  });

  it("is reached by a variable when it is allowed", async () => {
    await using server = await localServer((_request, response) => json(response, 200, { ok: true }));
    const guard = createNetworkGuard({ allow: ["127.0.0.0/8"] });
    const api = plug({ name: "api", baseUrl: (v) => v.host, vars });
    expect(await api.bind({ tenant: "t", vars: { host: server.url }, guard }).get("/")).toEqual({ ok: true });
  });

  it("is not reached by a redirect, not even of a trusted plug", async () => {
    await using inside = await localServer((_request, response) => json(response, 200, { metadata: "secret" }));
    await using server = await localServer(
      (_request, response) => void response.writeHead(302, { location: inside.url }).end(),
    );
    const bound = plug({ name: "api", baseUrl: server.url }).bind({ tenant: "t", vars: {}, guard: closed });
    await expect(bound.get("/")).rejects.toMatchObject({ code: "network_blocked" });
    expect(inside.seen).toHaveLength(0);
  });

  it("is not reached by a name that answers differently the second time", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    let asked = 0;
    const guard = createNetworkGuard({
      allow: "none",
      resolve: async () => [{ address: ++asked === 1 ? "93.184.215.14" : "127.0.0.1", family: 4 }],
    });
    const host = `http://rebind.example:${new URL(server.url).port}`;
    expect(() => guard.checkUrl(host)).not.toThrow();
    await guard.lookup("rebind.example", {}, () => {});
    const bound = plug({ name: "api", baseUrl: (v) => v.host, vars }).bind({ tenant: "t", vars: { host }, guard });
    await expect(bound.get("/")).rejects.toMatchObject({ code: "network_blocked" });
    expect(server.seen).toHaveLength(0);
  });

  it("is not reached by a token address of a variable", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = plug({
      name: "api",
      baseUrl: server.url,
      vars,
      auth: tokenExchange({ url: (v) => `${v.host}/token` }),
    });
    await expect(
      api.bind({ tenant: "t", vars: { host: server.url.replace("127.0.0.1", "localhost") }, guard: closed }).get("/"),
    ).rejects.toMatchObject({
      code: "auth_failed",
      cause: { cause: { code: "upstream_blocked" } },
    });
    expect(server.seen).toHaveLength(0);
  });
});
