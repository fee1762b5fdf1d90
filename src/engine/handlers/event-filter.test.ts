import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesEvent } from "./event-filter.ts";

test.each([
  [["invoice.*"], "invoice.payment_failed", true],
  [["invoice.*"], "invoices.paid", false],
  [["*.created"], "order.created", true],
  [["*"], "anything at all", true],
  [["push"], "push", true],
  [["push"], "push.x", false],
  [["a.*.c"], "a.b.c", true],
  [[], "push", false],
  [["x", "push"], "push", true],
])("%j and %s: %s", (patterns, type, expected) => {
  expect(matchesEvent(patterns, type)).toBe(expected);
});

test("a type always matches itself, whatever characters it has", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (type) => {
      fc.pre(!type.includes("*"));
      expect(matchesEvent([type], type)).toBe(true);
      expect(matchesEvent([`${type}*`], `${type}.more`)).toBe(true);
    }),
  );
});
