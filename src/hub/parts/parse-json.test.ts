import { expect, it } from "vitest";
import { parseJson } from "./parse-json.ts";

it("takes JSON, takes nothing for no value, and says what is wrong", () => {
  expect(parseJson(' {"a": [1]} ')).toEqual({ ok: true, value: { a: [1] } });
  expect(parseJson(" \n")).toEqual({ ok: true, value: undefined });
  expect(parseJson("{a: 1}")).toEqual({ ok: false, message: expect.stringContaining("JSON") });
});
