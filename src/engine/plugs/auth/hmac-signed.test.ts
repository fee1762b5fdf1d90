import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromVar, hmacSigned, plug } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { json, localServer } from "../testing/local-server.ts";

describe("hmacSigned", () => {
  it("signs what the server receives, whatever it is", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = plug({ name: "api", baseUrl: server.url, auth: hmacSigned({ secret: "s", header: "X-Sig" }) });
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.webPath(),
        fc.dictionary(fc.string(), fc.string()),
        async (body, path, query) => {
          server.seen.length = 0;
          await api.post(`/p${path}`.replace(/\.+(?=\/|$)/g, "x"), { body, query });
          const [request] = server.seen;
          const [at = "", search = ""] = (request?.url ?? "").split(/\?(.*)/s);
          const text = Buffer.concat([
            Buffer.from(`POST.${at}.${search}.`),
            Buffer.from(request?.body ?? "", "latin1"),
          ]);
          expect(request?.headers["x-sig"]).toBe(createHmac("sha256", "s").update(text).digest("hex"));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("makes the signature an exchange documents: time, key id, template, base64", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const api = plug({
      name: "exchange",
      baseUrl: server.url,
      vars: [
        { key: "secret", type: "password" },
        { key: "key", type: "text" },
      ],
      auth: hmacSigned({
        secret: fromVar("secret"),
        secretEncoding: "base64",
        algorithm: "sha512",
        encoding: "base64",
        message: "{timestamp}{method}{path}{body}",
        header: "CB-ACCESS-SIGN",
        value: "v1 {keyId}:{signature}",
        timestamp: { header: "CB-ACCESS-TIMESTAMP" },
        nonce: { header: "X-Nonce" },
        keyId: { value: fromVar("key"), header: "CB-ACCESS-KEY" },
      }),
    });
    const clock = fakeClock();
    await api
      .bind({ tenant: "t", vars: { secret: btoa("raw key"), key: "k1" }, clock })
      .post("/orders", { body: { a: 1 } });
    const headers = server.seen[0]?.headers ?? {};
    const signature = createHmac("sha512", "raw key").update('1700000000POST/orders{"a":1}').digest("base64");
    expect(headers).toMatchObject({
      "cb-access-sign": `v1 k1:${signature}`,
      "cb-access-timestamp": "1700000000",
      "cb-access-key": "k1",
    });
    expect(headers["x-nonce"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("signs each attempt anew", async () => {
    await using server = await localServer((_request, response, count) => json(response, count === 1 ? 503 : 200, {}));
    const api = plug({
      name: "api",
      baseUrl: server.url,
      auth: hmacSigned({ secret: "s", timestamp: { header: "x-at", format: "ms" } }),
    });
    await api.bind({ tenant: "t", vars: {}, clock: fakeClock() }).get("/");
    const [first, second] = server.seen.map((each) => [each.headers["x-at"], each.headers["x-signature"]]);
    expect(first?.[0]).not.toBe(second?.[0]);
    expect(first?.[1]).not.toBe(second?.[1]);
  });

  it("refuses to sign a stream, and unknown parts", async () => {
    const api = plug({ name: "api", baseUrl: "http://127.0.0.1:1", auth: hmacSigned({ secret: "s" }) });
    await expect(api.post("/", { body: new Blob(["a"]).stream() })).rejects.toMatchObject({ code: "auth_failed" });
    expect(() => hmacSigned({ secret: "s", message: "{methd}" })).toThrow(/\{methd\}/);
  });
});
