import { expect, it, type Mock, vi } from "vitest";
import { chipText, type FilterField, toggleValue } from "./filter-field.ts";

const field = (values: string[], multiple: boolean): Omit<FilterField, "set"> & { set: Mock<FilterField["set"]> } => ({
  key: "status",
  label: "Status",
  multiple,
  values,
  set: vi.fn<FilterField["set"]>(),
  options: ["a", "b", "c", "d"].map((value) => ({ value, label: value.toUpperCase() })),
});

it("adds, removes and replaces values", () => {
  const many = field(["a"], true);
  toggleValue(many, "b");
  toggleValue(many, "a");
  expect(many.set.mock.calls).toEqual([[["a", "b"]], [[]]]);
  const one = field(["a"], false);
  toggleValue(one, "b");
  toggleValue(one, "a");
  expect(one.set.mock.calls).toEqual([[["b"]], [[]]]);
});

it("names values until there are too many", () => {
  const words = (count: number) => `${count} values`;
  expect(chipText(field(["a", "x"], true), words)).toBe("A, x");
  expect(chipText(field(["a", "b", "c", "d"], true), words)).toBe("4 values");
});
