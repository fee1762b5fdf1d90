import fc from "fast-check";
import { expect, test } from "vitest";
import { connectionSecrets, secretValues } from "./connection-secrets.ts";
import { MAX_BODY_BYTES, redactExchange } from "./redact-exchange.ts";
import { testExchange } from "./testing/test-exchange.ts";

const body = (text: string, truncated = false) => ({ text, size: Buffer.byteLength(text), truncated });

/** Like keys are: long enough, and of any characters. */
const secret = fc
  .string({ minLength: 8, maxLength: 40, unit: "grapheme-ascii" })
  .filter((text) => text.trim().length >= 8);

test("a secret is nowhere in what is stored, wherever and however it was written", () => {
  fc.assert(
    fc.property(secret, (value) => {
      const stored = redactExchange(
        testExchange({
          url: `https://store.example/x/${encodeURIComponent(value)}?q=${encodeURIComponent(value)}`,
          requestHeaders: { "x-note": `is ${value}`, "content-type": "application/json" },
          requestBody: body(JSON.stringify({ note: value, list: [`a ${value} b`] })),
          responseHeaders: { location: `/?s=${new URLSearchParams({ s: value })}` },
          responseBody: body(`plain ${value} and ${Buffer.from(value).toString("base64")}`),
          error: { code: "x", message: `failed with ${value}`, hint: value, issues: [{ path: value, message: value }] },
        }),
        connectionSecrets([value]),
      );
      const text = JSON.stringify(stored);
      for (const spelling of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
        if (spelling.length >= 8) expect(text.includes(JSON.stringify(spelling).slice(1, -1))).toBe(false);
    }),
  );
});

test("a secret that the limit cuts in two leaves no beginning behind", () => {
  const key = "sk_live_abcdefghijklmnop";
  for (let kept = 1; kept < key.length; kept++) {
    const text = `x`.repeat(100) + key.slice(0, kept);
    const stored = redactExchange(
      testExchange({ responseBody: { text, size: 9_999, truncated: true } }),
      connectionSecrets([key]),
    );
    expect(stored.responseBody?.text).toBe("x".repeat(100));
  }
});

test("a body is cut to 64 KB between two characters, and says so", () => {
  const stored = redactExchange(testExchange({ responseBody: body("é".repeat(40_000)) }), connectionSecrets([]));
  expect(Buffer.byteLength(stored.responseBody?.text ?? "")).toBeLessThanOrEqual(MAX_BODY_BYTES);
  expect(stored.responseBody?.text).toMatch(/^é+$/);
  expect(stored.responseBody).toMatchObject({ size: 80_000, truncated: true });
});

test("what Postgres cannot keep is replaced", () => {
  const stored = redactExchange(
    testExchange({ requestHeaders: { "x-a": "a\0b\ud800" }, responseBody: body("a\0b\udc00") }),
    connectionSecrets([]),
  );
  expect(stored.requestHeaders["x-a"]).toBe("ab\ufffd");
  expect(stored.responseBody?.text).toBe("a\ufffdb\ufffd");
});

test("secret are the variables that are declared so, and those that are not declared", () => {
  const field = {
    label: "",
    type: "text",
    hidden: false,
    required: false,
    defaultValue: undefined,
    options: [],
    help: undefined,
    validate: undefined,
  } as const;
  const fields = [
    { ...field, key: "apiKey", secret: true },
    { ...field, key: "region", secret: false },
  ];
  expect(secretValues(fields, { apiKey: "k", region: "eu", _token: "t", _n: 1234, on: true })).toEqual([
    "k",
    "t",
    "1234",
  ]);
});

test("what stands within a secret that is JSON is secret too", () => {
  const token = JSON.stringify({ token: "ya29.a-long-token", type: "Bearer", deep: [{ key: "-----BEGIN KEY-----" }] });
  expect(secretValues([], { _token: token })).toEqual([token, "ya29.a-long-token", "-----BEGIN KEY-----"]);
  expect(secretValues([], { _token: "{not json" })).toEqual(["{not json"]);
});
