import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, REDACTED, redactHeaders, redactJson, redactText, redactUrl } from "./redaction.ts";

/** Values that could be secrets; none that is a piece of "[redacted]" itself or could grow around it. */
const secretArb = fc
  .oneof(fc.string({ minLength: 4, maxLength: 40 }), fc.string({ unit: "grapheme", minLength: 4, maxLength: 20 }))
  .filter((secret) => secret.length >= 4 && !/[[\]]/.test(secret) && !REDACTED.includes(secret));

/** How somebody else may have written the secret down before it reaches us. */
const writers: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  "URL-encoded": encodeURIComponent,
  "URL-encoded in lower case": (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  "form-encoded": (secret) => new URLSearchParams({ v: secret }).toString().slice(2),
  "JSON-escaped": (secret) => JSON.stringify(secret).slice(1, -1),
  "JSON with escaped slashes": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  "JSON in a URL": (secret) => encodeURIComponent(JSON.stringify(secret).slice(1, -1)),
  base64: (secret) => Buffer.from(secret).toString("base64"),
};

describe("redactText", () => {
  it.each(Object.entries(writers))("lets no secret survive that stands there %s", (_, write) => {
    fc.assert(
      fc.property(secretArb, secretArb, fc.string(), fc.string(), (secret, other, before, after) => {
        fc.pre(!/\p{Cs}/u.test(secret));
        const written = write(secret);
        const output = redactText(`${before}${written}${after}${written}`, [other, secret]);
        expect(output).not.toContain(written);
        expect(output).not.toContain(secret);
      }),
    );
  });

  it("leaves everything else as it is", () => {
    fc.assert(
      fc.property(secretArb, fc.string(), (secret, text) => {
        fc.pre(!text.includes(secret));
        const output = redactText(text, [secret]);
        if (output !== text) expect(text).toMatch(/%|\\|[A-Za-z0-9+/_-]{6}/); // another spelling of it was there
      }),
    );
    expect(redactText("id=42", ["42", ""])).toBe("id=42");
  });

  it("hides the longer of two secrets that begin alike, and both where they overlap", () => {
    expect(redactText("key sk_live_abcdef.", ["sk_live", "sk_live_abcdef"])).toBe("key [redacted].");
    expect(redactText("abcdef", ["abcd", "cdef"])).toBe("[redacted]ef");
  });

  it("takes secrets with signs that mean something in a pattern", () => {
    for (const secret of ["a.*b", "(((((", "a\\b\\", "$&$&$&", "[^]]]", "\u2028\n\t\r"]) {
      expect(redactText(`x ${secret} y`, [secret])).toBe("x [redacted] y");
    }
  });

  it("needs time in proportion to the text, also for hostile ones", () => {
    const { text } = createRedactor(["\\".repeat(60), "a".repeat(60)]);
    const started = performance.now();
    text("\\".repeat(200_000) + "a".repeat(59).concat("b").repeat(3_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("redactHeaders", () => {
  it("hides what is a secret by its name", () => {
    const secret = [
      "Authorization",
      "proxy-authorization",
      "Cookie",
      "set-cookie",
      "X-Api-Key",
      "api-key",
      "apikey",
      "x-auth-token",
      "X-Gitlab-Token",
      "x-goog-channel-token",
      "x-telegram-bot-api-secret-token",
      "X-Shopify-Access-Token",
      "x-client-secret",
      "Ocp-Apim-Subscription-Key",
      "x-functions-key",
      "x-amz-security-token",
      "x_session_id",
    ];
    const output = redactHeaders(Object.fromEntries(secret.map((name) => [name, "v4lue"])));
    expect(output).toEqual(Object.fromEntries(secret.map((name) => [name.toLowerCase(), REDACTED])));
  });

  it("keeps signatures and what tells requests apart", () => {
    const kept = {
      "stripe-signature": "t=1,v1=ab",
      "x-hub-signature-256": "sha256=ab",
      "x-github-delivery": "72d3162e",
      "i-twilio-idempotency-token": "9a0b",
      "idempotency-key": "k",
      "content-type": "application/json",
      "x-shopify-topic": "orders/create",
      tokenizer: "bpe",
    };
    expect(redactHeaders(kept)).toEqual(kept);
  });

  it("joins lists, leaves out what is undefined, and finds known secrets anywhere", () => {
    const headers = { Accept: ["a", "b"], "Content-Length": 7, "X-None": undefined, Referer: "https://x/?k=s3cr3t%21" };
    expect(redactHeaders(headers, ["s3cr3t!"])).toEqual({
      accept: "a, b",
      "content-length": "7",
      referer: "https://x/?k=[redacted]",
    });
  });
});

describe("redactUrl", () => {
  it("hides user, password and secret parameters", () => {
    expect(redactUrl("https://u:p@api.example.com/v1?api_key=1&page=2&accessToken=3#access_token=4")).toBe(
      "https://[redacted]@api.example.com/v1?api_key=[redacted]&page=2&accessToken=[redacted]#access_token=[redacted]",
    );
    expect(redactUrl("https://a.example/?%74oken=x&k%zz=1&sort=key")).toBe(
      "https://a.example/?%74oken=[redacted]&k%zz=1&sort=key",
    );
    expect(redactUrl("https://s3.example/o?X-Amz-Credential=a&X-Amz-Signature=b&hub.verify_token=c&x=d")).toBe(
      "https://s3.example/o?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&hub.verify_token=[redacted]&x=d",
    );
    expect(redactUrl("https://a.example/hooks/T0/s3cr3t", ["s3cr3t"])).toBe("https://a.example/hooks/T0/[redacted]");
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (url) => void redactUrl(url, ["secret"])));
  });
});

describe("redactJson", () => {
  it("lets no secret survive, in values, names and numbers, however deep", () => {
    const secret = fc.oneof(secretArb, fc.integer({ min: 1000 }).map(String));
    fc.assert(
      fc.property(secret, fc.jsonValue(), fc.string(), (value, json, key) => {
        const number = Number(value);
        const holder = {
          [key]: value,
          [`x${value}`]: [`<${value}>`, json],
          number,
          deep: { json: JSON.stringify({ value }) },
        };
        const output = JSON.stringify(redactJson(holder, { secrets: [value] }));
        for (const { 1: text } of strings(JSON.parse(output))) expect(text).not.toContain(value);
      }),
    );
  });

  it("hides fields by name, whatever the case, and by path", () => {
    const body = {
      Password: "p",
      card: { number: "4242", brand: "visa" },
      number: "kept",
      items: [{ card: { number: "1" } }, { Token: { nested: true } }],
    };
    expect(redactJson(body, { fields: ["password", "card.number", "*.card.number", "token"] })).toEqual({
      Password: REDACTED,
      card: { number: REDACTED, brand: "visa" },
      number: "kept",
      items: [{ card: { number: REDACTED } }, { Token: REDACTED }],
    });
  });

  it("returns plain JSON unchanged when there is nothing to hide", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (json) => {
        const plain: unknown = JSON.parse(JSON.stringify(json));
        expect(redactJson(plain, { fields: [], secrets: [] })).toEqual(plain);
      }),
    );
  });

  it("always answers JSON, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }), (value) => {
        expect(() => JSON.stringify(redactJson(value, { secrets: ["secret"] }))).not.toThrow();
      }),
    );
    const circle: Record<string, unknown> = {
      at: new Date(0),
      bytes: Buffer.from("ab"),
      big: 12n,
      error: new Error("no"),
    };
    circle.self = circle;
    expect(redactJson(circle, {})).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      bytes: "[2 bytes]",
      big: "12",
      error: { name: "Error", message: "no" },
      self: "[circular]",
    });
    expect(JSON.stringify(redactJson(JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), {}))).toContain(
      "[too deep]",
    );
  });

  it("cannot be used to change prototypes", () => {
    const output = redactJson(JSON.parse('{"__proto__":{"polluted":true}}'), {});
    expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  it("does not touch the original", () => {
    const original = Object.freeze({ list: Object.freeze(["secret value"]) });
    expect(redactJson(original, { secrets: ["secret value"] })).toEqual({ list: [REDACTED] });
    expect(original.list).toEqual(["secret value"]);
  });
});

/** Every string of a JSON value, names included. */
function* strings(value: unknown): Generator<[string, string]> {
  if (typeof value === "string" || typeof value === "number") yield ["value", String(value)];
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield ["name", name];
    yield* strings(inner);
  }
}
