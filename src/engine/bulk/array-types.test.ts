import { describe, expect, test } from "vitest";
import { elementText, travelOf } from "./array-types.ts";

describe("a column's values travel", () => {
  test.each([
    ["text", "text", ""],
    ["varchar(20)", "varchar", ""],
    // `char[]` would be `char(1)[]`.
    ["char(3)", "bpchar", ""],
    ["numeric(12, 2)", "numeric", ""],
    ["timestamp (3) with time zone", "timestamptz", ""],
    ["timestamp", "timestamp", ""],
    // Arrays in arrays would be taken for more dimensions; a cast to `bit(3)[]` would cut.
    ["integer[][]", "text", "::integer[][]"],
    ["point", "text", "::point"],
    ['"odd Schema"."Mood"', "text", '::"odd Schema"."Mood"'],
    ["vector(3)", "text", "::vector(3)"],
  ])("%s as %s", (type, element, cast) => expect(travelOf(type)).toEqual({ type: element, cast }));

  test("and are never taken for no value", () => {
    expect(elementText(null)).toBe("NULL");
    expect(elementText("NULL")).toBe('"NULL"');
    expect(elementText('a"b\\c')).toBe('"a\\"b\\\\c"');
  });
});
