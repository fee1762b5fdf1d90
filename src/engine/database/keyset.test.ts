import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor, toPage } from "./keyset.ts";

describe("a cursor", () => {
  test("leads back to its id, for every id", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(decodeCursor("events", encodeCursor("events", id))).toBe(id);
      }),
    );
  });

  test("of another list, a changed one, a cut one and plain nonsense are refused with the code", () => {
    const cursor = encodeCursor("events", "0197f3c2-0000-7000-8000-000000000001");
    const changed = (cursor.startsWith("B") ? "C" : "B") + cursor.slice(1);
    for (const wrong of [encodeCursor("runs", "0197f3c2-0000-7000-8000-000000000001"), changed, cursor.slice(0, -1)]) {
      expect(() => decodeCursor("events", wrong)).toThrow(expect.objectContaining({ code: "invalid_cursor" }));
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(() => decodeCursor("events", text)).toThrow(expect.objectContaining({ code: "invalid_cursor" }));
      }),
    );
  });
});

test("a page has a next one only when a row more was read", () => {
  const rows = ["0197f3c2-0000-7000-8000-000000000003", "0197f3c2-0000-7000-8000-000000000002"].map((id) => ({ id }));
  expect(toPage("runs", rows, 2, (row) => row.id).page.next).toBeNull();
  const page = toPage("runs", rows, 1, (row) => row.id);
  expect(page.items).toEqual(["0197f3c2-0000-7000-8000-000000000003"]);
  expect(decodeCursor("runs", page.page.next ?? "")).toBe("0197f3c2-0000-7000-8000-000000000003");
});
