import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonTokens } from "./json-tokens.ts";

it("tells keys, strings, numbers and literals apart", () => {
  expect(jsonTokens('  "a\\"b": ["x", -1.5e3, true],')).toEqual([
    { kind: "plain", text: "  " },
    { kind: "key", text: '"a\\"b"' },
    { kind: "plain", text: ":" },
    { kind: "plain", text: " [" },
    { kind: "string", text: '"x"' },
    { kind: "plain", text: ", " },
    { kind: "number", text: "-1.5e3" },
    { kind: "plain", text: ", " },
    { kind: "literal", text: "true" },
    { kind: "plain", text: "]," },
  ]);
});

it("loses no character, whatever the text is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(
        jsonTokens(text)
          .map((token) => token.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
