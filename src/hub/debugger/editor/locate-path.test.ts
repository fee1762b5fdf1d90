import { jsonLanguage } from "@codemirror/lang-json";
import { expect, it } from "vitest";
import { locatePath } from "./locate-path.ts";

const text = '{"a": [1, {"b \\"c\\"": "x"}], "d": {}}';
const at = (path: (string | number)[], source = text) => {
  const { from, to } = locatePath(jsonLanguage.parser.parse(source), (start, end) => source.slice(start, end), path);
  return source.slice(from, to);
};

it("finds values by their path", () => {
  expect(at(["a", 0])).toBe("1");
  expect(at(["a", 1, 'b "c"'])).toBe('"x"');
  expect(at(["d"])).toBe("{");
});

it("falls back to the nearest that is there", () => {
  expect(at(["a", 7])).toBe("[");
  expect(at(["gone", "deeper"])).toBe("{");
  expect(at(["a"], "")).toBe("");
  expect(at(["a"], '{"a": ')).toBe("{");
});
