import fc from "fast-check";
import { expect, it } from "vitest";
import { table } from "./table.ts";

const columns = [
  { title: "ID", value: (row: { id: string; note: string }) => row.id, keep: true },
  { title: "NOTE", value: (row: { id: string; note: string }) => row.note },
];

it("fits the width by cutting what may be cut, and never an id", () => {
  const printed = table([{ id: "run_0123456789", note: "a rather long sentence about it" }], columns, 30);
  expect(printed).toBe("ID              NOTE\nrun_0123456789  a rather long…\n");
});

it("gives a pipe the whole value", () => {
  expect(table([{ id: "a", note: "x".repeat(300) }], columns, Number.POSITIVE_INFINITY)).toContain("x".repeat(300));
});

it("keeps every row on one line of at most the width, whatever stands in it", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), fc.integer({ min: 20, max: 200 }), (notes, width) => {
      const lines = table(
        notes.map((note) => ({ id: "run_1", note })),
        columns,
        width,
      ).split("\n");
      expect(lines).toHaveLength(notes.length + 2);
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
    }),
  );
});

it("does not pass on what would steer the terminal", () => {
  expect(table([{ id: "a", note: "\u001b[2Jgone\u009b1m" }], columns, 80)).not.toMatch(/(?!\n)\p{Cc}/u);
});
