import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareShapes, mergeShapes } from "./compare-shapes.ts";
import { inferShape } from "./infer-shape.ts";

const order = { id: 1, note: null, total: { amount: 5, currency: "EUR" }, lines: [{ sku: "a", tags: ["x"] }] };

/** What changed, e.g. `total.amount missing!`; `!` is breaking. */
const told = (before: unknown[], now: unknown[]) =>
  compareShapes(inferShape(before), inferShape(now)).map(
    ({ field, kind, breaking }) => `${field} ${kind}${breaking ? "!" : ""}`,
  );

describe("the shape of records", () => {
  test("names nested fields and those of lists, and knows which are always there", () => {
    expect(inferShape([order, { ...order, extra: true }])).toMatchObject({
      id: { types: ["number"], always: true },
      extra: { types: ["boolean"], always: false },
      "total.amount": { types: ["number"], always: true },
      lines: { types: ["array"], always: true },
      "lines[].sku": { types: ["string"], always: true },
      "lines[].tags[]": { types: ["string"] },
    });
  });

  test("breaks when what was always there is gone or has another type, and only then", () => {
    expect(told([order], [{ ...order, id: "1" }])).toEqual(["id retyped!"]);
    const { total: _, ...without } = order;
    expect(told([order], [without])).toEqual(["total missing!"]);
    expect(told([order], [{ ...order, total: { currency: "EUR" } }])).toEqual(["total.amount missing!"]);
    expect(told([order], [{ ...order, more: 1 }])).toEqual(["more new"]);
    expect(told([order], [order, without])).toEqual(["total sometimes_missing"]);
    expect(told([order], [{ ...order, total: null }])).toEqual(["total sometimes_null"]);
    expect(told([order], [{ ...order, note: "hello" }])).toEqual(["note new"]);
    expect(told([order], [{ ...order, lines: [] }])).toEqual([]);
  });

  test("records are no news to themselves, nor to what was learned from them", () => {
    const records = fc.array(
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((name) => !/[.[\]]/.test(name)),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(records, records, (first, second) => {
        expect(compareShapes(inferShape(first), inferShape(first))).toEqual([]);
        const learned = mergeShapes(inferShape(first), inferShape(second));
        for (const seen of [first, second]) {
          expect(compareShapes(learned, inferShape(seen)).filter((one) => one.breaking)).toEqual([]);
        }
      }),
    );
  });
});
