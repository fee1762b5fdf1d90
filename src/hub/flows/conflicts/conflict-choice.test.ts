import { describe, expect, it } from "vitest";
import { choiceBody, chosenSide, mayChoose } from "./conflict-choice.ts";

const field = { field: "note", base: "agreed", source: "theirs", platform: "ours" };

describe("chosenSide", () => {
  it("is the side whose value the record was given", () => {
    expect(chosenSide({ value: { note: "theirs" }, outcome: "source" }, field)).toBe("source");
    expect(chosenSide({ value: { note: "ours" }, outcome: "merged" }, field)).toBe("platform");
  });
  it("is neither for a third value", () => {
    expect(chosenSide({ value: { note: "both" }, outcome: "merged" }, field)).toBe("other");
  });
  it("takes a missing value for empty", () => {
    expect(chosenSide({ value: { note: null }, outcome: "merged" }, { ...field, source: undefined })).toBe("source");
  });
  it("goes by the outcome where the record is gone", () => {
    expect(chosenSide({ value: null, outcome: "platform" }, field)).toBe("platform");
  });
  it("compares what is inside of values", () => {
    const nested = { field: "address", base: null, source: { city: "Oslo" }, platform: { city: "Bergen" } };
    expect(chosenSide({ value: { address: { city: "Bergen" } }, outcome: "merged" }, nested)).toBe("platform");
  });
});

describe("choiceBody", () => {
  it("names the side when the record has one field in conflict", () => {
    expect(choiceBody({ fields: [field] }, field, "platform")).toEqual({ use: "platform" });
  });
  it("sends the field alone when others are in conflict too", () => {
    const other = { ...field, field: "status" };
    expect(choiceBody({ fields: [field, other] }, field, "source")).toEqual({
      use: "merged",
      value: { note: "theirs" },
    });
  });
  it("sends a value of one's own, and null for none", () => {
    expect(choiceBody({ fields: [field] }, field, { value: "both" })).toEqual({
      use: "merged",
      value: { note: "both" },
    });
    expect(choiceBody({ fields: [field] }, field, { value: undefined })).toEqual({
      use: "merged",
      value: { note: null },
    });
  });
});

it("leaves nothing to choose where one side deleted the record", () => {
  expect(mayChoose({ source: null, platform: {}, value: {} })).toBe(false);
  expect(mayChoose({ source: {}, platform: {}, value: {} })).toBe(true);
});
