import { describe, expect, it } from "vitest";
import { type LoadedPages, prependHead, strayRows, updateRows, waitingRows } from "./merge-head.ts";

interface Row {
  readonly id: string;
  readonly status?: string;
}
const page = (ids: string, next: string | null = "more", status?: string) => ({
  items: [...ids].map((id): Row => (status ? { id, status } : { id })),
  page: { next, limit: 3 },
});
const loaded: LoadedPages<Row> = { pages: [page("fed"), page("cba", null)], pageParams: [null, "d"] };
const ids = (list: LoadedPages<Row>) => list.pages.flatMap(({ items }) => items.map(({ id }) => id)).join("");

describe("updateRows", () => {
  it("changes rows in place and leaves other pages untouched", () => {
    const next = updateRows(loaded, page("e", null, "done").items);
    expect(ids(next)).toBe("fedcba");
    expect(next.pages[0]?.items[1]).toEqual({ id: "e", status: "done" });
    expect(next.pages[1]).toBe(loaded.pages[1]);
  });
});

describe("waitingRows", () => {
  it("names what the list does not hold", () => {
    expect(waitingRows(loaded, page("hgf")).map(({ id }) => id)).toEqual(["h", "g"]);
    expect(waitingRows(loaded, page("fed"))).toEqual([]);
  });
});

describe("prependHead", () => {
  it("puts new rows on top without losing what was scrolled to", () => {
    expect(ids(prependHead(loaded, page("hgf")))).toBe("hgfedcba");
  });
  it("starts anew when the head does not touch the list", () => {
    const next = prependHead(loaded, page("zyx"));
    expect(ids(next)).toBe("zyx");
    expect(next.pageParams).toEqual([null]);
  });
  it("fills an empty list", () => {
    expect(ids(prependHead({ pages: [page("", null)], pageParams: [null] }, page("a", null)))).toBe("a");
  });
});

describe("strayRows", () => {
  it("finds rows that may change and that the head does not speak of", () => {
    const list = { pages: [page("fed", "more", "running")], pageParams: [null] };
    expect(strayRows(list, page("hgf"), (row) => row.status === "running").map(({ id }) => id)).toEqual(["e", "d"]);
  });
});
