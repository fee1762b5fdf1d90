import fc from "fast-check";
import { expect, it } from "vitest";
import { placeTooltip } from "./place-tooltip.ts";

const screen = { width: 390, height: 844 };

it("stands above, or below where there is no room above", () => {
  const bubble = { width: 100, height: 24 };
  expect(placeTooltip({ left: 145, top: 400, width: 100, height: 20 }, bubble, screen)).toEqual({
    left: 145,
    top: 370,
  });
  expect(placeTooltip({ left: 145, top: 10, width: 100, height: 20 }, bubble, screen)).toEqual({ left: 145, top: 36 });
});

it("never leaves the window", () => {
  const anchors = fc.record({
    left: fc.integer({ min: -50, max: 400 }),
    top: fc.nat(840),
    width: fc.nat(300),
    height: fc.nat(60),
  });
  const bubbles = fc.record({ width: fc.integer({ min: 10, max: 320 }), height: fc.integer({ min: 16, max: 80 }) });
  fc.assert(
    fc.property(anchors, bubbles, (anchor, bubble) => {
      const { left, top } = placeTooltip(anchor, bubble, screen);
      expect(left).toBeGreaterThanOrEqual(8);
      expect(left + bubble.width).toBeLessThanOrEqual(screen.width);
      expect(top + bubble.height).toBeLessThanOrEqual(screen.height);
    }),
  );
});
