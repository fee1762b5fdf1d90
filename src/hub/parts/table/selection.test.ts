import { describe, expect, it } from "vitest";
import {
  isEmpty,
  isSelected,
  loadedState,
  NOTHING,
  type Selection,
  selectRange,
  toggleLoaded,
  toggleRow,
} from "./selection.ts";

const rows = ["a", "b", "c", "d", "e"];
const ids = ({ ids: chosen }: Selection) => [...chosen].toSorted().join("");

describe("a selection", () => {
  it("takes a row and lets go of it", () => {
    const one = toggleRow(NOTHING, "b", rows);
    expect([ids(one), isSelected(one, "b"), isSelected(one, "a")]).toEqual(["b", true, false]);
    expect(isEmpty(toggleRow(one, "b", rows))).toBe(true);
  });

  it("takes a range from the last choice, either way, and keeps what it had", () => {
    const first = toggleRow(toggleRow(NOTHING, "a", rows), "d", rows);
    expect(ids(selectRange(first, "b", rows))).toBe("abcd");
    expect(ids(selectRange(selectRange(first, "b", rows), "e", rows))).toBe("abcde");
  });

  it("begins anew when the row it began at is gone", () => {
    expect(ids(selectRange({ ids: new Set(["x"]), all: false, anchor: "x" }, "c", rows))).toBe("cx");
  });

  it("survives rows that come and go", () => {
    const chosen = toggleRow(NOTHING, "b", rows);
    expect(isSelected(chosen, "b")).toBe(true);
    expect(loadedState(chosen, ["new", ...rows])).toBe("indeterminate");
  });

  it("of all that match becomes one of loaded rows when a row is taken out", () => {
    const all: Selection = { ids: new Set(), all: true, anchor: null };
    expect([isSelected(all, "not loaded"), loadedState(all, rows)]).toEqual([true, true]);
    expect(ids(toggleRow(all, "c", rows))).toBe("abde");
  });

  it("of the page is taken and given back by the head", () => {
    const page = toggleLoaded(NOTHING, rows);
    expect([ids(page), loadedState(page, rows)]).toEqual(["abcde", true]);
    expect(isEmpty(toggleLoaded(page, rows))).toBe(true);
    expect(loadedState(NOTHING, rows)).toBe(false);
    expect(loadedState(page, [])).toBe("indeterminate");
  });
});
