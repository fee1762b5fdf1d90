import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestToEmptyMiddle, READABLE } from "./fit.ts";

const view = { width: 1000, height: 600 };
const box = (id: string, x: number, y: number) => ({ id, x, y, width: 200, height: 70 });

describe("nearestToEmptyMiddle", () => {
  it("is none where something is to be seen", () => {
    expect(nearestToEmptyMiddle([box("a", 0, 0)], view)).toBeNull();
    expect(nearestToEmptyMiddle([box("a", 0, 0), box("b", 5_000, 5_000), box("c", 2_600, 2_300)], view)).toBeNull();
    expect(nearestToEmptyMiddle([], view)).toBeNull();
  });
  it("is the nearest of a graph whose middle is empty", () => {
    const diagonal = [box("a", 0, 0), box("b", 1_500, 8_000), box("c", 20_000, 18_000)];
    expect(nearestToEmptyMiddle(diagonal, view)?.id).toBe("b");
  });
  it("leaves nobody with an empty picture", () => {
    const boxes = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 40_000 }), y: fc.integer({ min: 0, max: 40_000 }) }),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(boxes, (places) => {
        const all = places.map(({ x, y }, at) => box(String(at), x, y));
        const anchor = nearestToEmptyMiddle(all, view);
        const [lefts, tops] = [all.map(({ x }) => x), all.map(({ y }) => y)];
        const centre = anchor
          ? { x: anchor.x + anchor.width / 2, y: anchor.y + anchor.height / 2 }
          : {
              x: (Math.min(...lefts) + Math.max(...lefts) + 200) / 2,
              y: (Math.min(...tops) + Math.max(...tops) + 70) / 2,
            };
        const half = { x: view.width / 2 / READABLE.minZoom, y: view.height / 2 / READABLE.minZoom };
        expect(
          all.some(
            ({ x, y, width, height }) =>
              x < centre.x + half.x &&
              x + width > centre.x - half.x &&
              y < centre.y + half.y &&
              y + height > centre.y - half.y,
          ),
        ).toBe(true);
      }),
    );
  });
});
