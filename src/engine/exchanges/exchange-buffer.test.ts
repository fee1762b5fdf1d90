import fc from "fast-check";
import { expect, test } from "vitest";
import { noSecrets } from "./connection-secrets.ts";
import { ExchangeBuffer } from "./exchange-buffer.ts";
import { testExchange } from "./testing/test-exchange.ts";

const item = (seq: number, over = {}) => ({ id: String(seq), seq, exchange: testExchange(over), secrets: noSecrets });
const ALL = { maxItems: 1_000_000, maxBytes: Number.POSITIVE_INFINITY };

test("first the bodies go, then nine of ten that went well, then everything", () => {
  const buffer = new ExchangeBuffer({ maxItems: 100, maxBytes: 1e9 });
  const admissions = Array.from({ length: 1_000 }, (_, seq) => buffer.push(item(seq)));
  expect(admissions.slice(0, 50)).toEqual(Array(50).fill("kept"));
  expect(admissions.slice(50, 75)).toEqual(Array(25).fill("without_bodies"));
  expect(admissions.slice(75, 95).filter((one) => one === "without_bodies")).toHaveLength(2);
  expect(buffer.size).toBe(100);
  expect(buffer.push(item(0, { status: 500 }))).toBe("refused");
});

test("a failed call is kept as long as there is room", () => {
  const buffer = new ExchangeBuffer({ maxItems: 100, maxBytes: 1e9 });
  const failed = Array.from({ length: 100 }, (_, seq) => buffer.push(item(seq, { status: seq % 2 ? null : 503 })));
  expect(failed).not.toContain("refused");
});

test("many bytes are as much as many calls", () => {
  const text = "x".repeat(10_000);
  const buffer = new ExchangeBuffer({ maxItems: 1_000, maxBytes: 100_000 });
  const large = { responseBody: { text, size: text.length, truncated: false } };
  expect(Array.from({ length: 6 }, (_, seq) => buffer.push(item(seq, large)))).toEqual([
    ...Array(5).fill("kept"),
    "without_bodies",
  ]);
  const taken = buffer.take(ALL);
  expect(taken.at(-1)?.exchange.responseBody).toEqual({ text: null, size: 10_000, truncated: true });
});

test("whatever is pushed and taken, the order stays, the limits hold, and nothing is left behind or made up", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("push" as const), bytes: fc.integer({ min: 0, max: 3_000 }) }),
    fc.record({ do: fc.constant("take" as const), count: fc.integer({ min: 1, max: 9 }), back: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const buffer = new ExchangeBuffer({ maxItems: 40, maxBytes: 60_000 });
      const inside: number[] = [];
      steps.forEach((one, seq) => {
        if (one.do === "push") {
          const text = "x".repeat(one.bytes);
          const admission = buffer.push(item(seq, { responseBody: { text, size: one.bytes, truncated: false } }));
          if (admission !== "refused") inside.push(seq);
        } else {
          const taken = buffer.take({ maxItems: one.count, maxBytes: 8_000 });
          expect(taken.map((each) => each.seq)).toEqual(inside.slice(0, taken.length));
          expect(taken.length > 0).toBe(inside.length > 0);
          if (one.back) buffer.putBack(taken);
          else inside.splice(0, taken.length);
        }
        expect(buffer.size).toBe(inside.length);
        expect(buffer.size).toBeLessThanOrEqual(40);
      });
      expect(buffer.take(ALL).map((each) => each.seq)).toEqual(inside);
      // Nothing counts as bytes any more: an empty buffer takes everything whole.
      expect(buffer.push(item(0))).toBe("kept");
    }),
  );
});
