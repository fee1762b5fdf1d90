import fc from "fast-check";
import { expect, test } from "vitest";
import { parseBody, parseBodyInTurns } from "./parse-body.ts";
import { storableJson, storableText } from "./storable-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["application/json", '{"a":1}', { payload: { a: 1 }, format: "json" }],
  ["application/json", "{oops", { payload: null, format: "unparsable" }],
  ["application/json", "null", { payload: null, format: "json" }],
  ["application/json", "[1,2]", { payload: [1, 2], format: "json" }],
  ["application/vnd.api+json", '"x"', { payload: "x", format: "json" }],
  ["text/plain", '{"a":1}', { payload: { a: 1 }, format: "json" }],
  [null, "", { payload: null, format: "empty" }],
  ["application/xml", "<a/>", { payload: null, format: "text" }],
  ["application/x-www-form-urlencoded", "a=1&b=2&b=3", { payload: { a: "1", b: ["2", "3"] }, format: "form" }],
  ["application/x-www-form-urlencoded", "payload=%7B%22a%22%3A1%7D", { payload: { a: 1 }, format: "json" }],
])("%s %s", async (type, text, expected) => {
  expect(parseBody(bytes(text), type)).toEqual(expected);
  expect(await parseBodyInTurns(bytes(text), type)).toEqual(expected);
});

test("no bytes and no content type make it throw", () => {
  fc.assert(fc.property(fc.uint8Array(), fc.option(fc.string()), (body, type) => void parseBody(body, type)));
});

test("what jsonb cannot hold is not stored as payload, ordinary escapes are", () => {
  expect(storableJson({ a: "nul \u0000" })).toBeNull();
  expect(storableJson({ a: "\ud800" })).toBeNull();
  expect(storableJson(JSON.parse('{"a":"\\ud83d\\ude00"}'))).toBe('{"a":"😀"}');
  expect(storableText("a\u0000b\ud800c", 3)).toBe("ab\ufffd");
});
