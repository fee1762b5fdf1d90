import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { catchEvent } from "./catch-event.ts";
import type { HandlerOptions } from "./handler.ts";
import { placeEvent } from "./place-event.ts";

const handler = (options: Partial<HandlerOptions> = {}) =>
  catchEvent({ name: "h", run: async () => undefined, ...options });
const event = { type: "push", tenant: "acme", payload: { id: "7", n: 3 }, orderKey: "as-the-wire-says" };
const never = (error: unknown) => {
  throw error;
};

test("a handler's own key wins over the wire's, and null of it too", () => {
  expect(placeEvent(handler(), event, never)).toEqual({ orderKey: "as-the-wire-says", priority: 0 });
  expect(placeEvent(handler({ orderBy: () => null }), event, never).orderKey).toBeNull();
  const orderBy: HandlerOptions["orderBy"] = (_, { type, tenant }) => `${type}/${tenant}`;
  expect(placeEvent(handler({ orderBy }), event, never).orderKey).toBe("push/acme");
});

test("they are asked with what the schema makes of the event; one that does not meet it has no place of its own", () => {
  const options = {
    schema: z.object({ n: z.coerce.number() }),
    orderBy: (it: unknown) => z.object({ n: z.number() }).parse(it).n.toFixed(1),
    priority: 4,
  };
  expect(placeEvent(handler(options), { ...event, payload: { n: "3" } }, never)).toEqual({
    orderKey: "3.0",
    priority: 4,
  });
  expect(placeEvent(handler(options), { ...event, payload: {} }, never)).toEqual({ orderKey: null, priority: 4 });
});

test("a mistake in them is told, and the event is stored all the same", () => {
  const told: unknown[] = [];
  const broken = () => {
    throw new Error("a mistake");
  };
  const placed = placeEvent(handler({ orderBy: broken }), event, (error) => told.push(error));
  expect(placed).toEqual({ orderKey: null, priority: 0 });
  expect(told).toHaveLength(1);
  expect(placeEvent(handler({ priority: () => Number.NaN }), event, never).priority).toBe(0);
  expect(placeEvent(handler({ priority: () => 99_999 }), event, never).priority).toBe(1_000);
});

test("keys of any length fit, and different ones stay different", () => {
  const keyOf = (key: string) => placeEvent(handler({ orderBy: () => key }), event, never).orderKey ?? "";
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (a, b) => {
      const long = [`${"x".repeat(200)}${a}`, `${"x".repeat(200)}${b}`] as const;
      expect(keyOf(long[0]).length).toBeLessThanOrEqual(200);
      expect(keyOf(long[0]) === keyOf(long[1])).toBe(a === b);
    }),
  );
});
