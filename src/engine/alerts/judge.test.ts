import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, type Limits, type LiveIncident } from "./judge.ts";

const MINUTE = 60_000;
const limits = (over: Partial<Limits> = {}): Limits => ({
  metric: "dead_letters",
  threshold: 10,
  clearThreshold: null,
  forMinutes: 0,
  clearMinutes: 0,
  ...over,
});
const live = (status: LiveIncident["status"], since = 0, clearSince: number | null = null): LiveIncident => ({
  status,
  since,
  clearSince,
});
const kindOf = (...input: Parameters<typeof judge>) => judge(...input).kind;

describe("a rule without patience", () => {
  test("opens at its threshold and resolves below it", () => {
    expect(kindOf(limits(), null, 9, 0)).toBe("nothing");
    expect(kindOf(limits(), null, 10, 0)).toBe("open");
    expect(kindOf(limits(), live("open"), 10, 0)).toBe("lasts");
    expect(kindOf(limits(), live("open"), 9, 0)).toBe("resolve");
    expect(kindOf(limits(), live("open"), null, 0)).toBe("resolve");
  });

  test("of a state is broken by any reading", () => {
    expect(kindOf(limits({ metric: "wire_broken", threshold: null }), null, 1, 0)).toBe("open");
    expect(kindOf(limits({ metric: "wire_broken", threshold: null }), live("open"), null, 0)).toBe("resolve");
  });

  test.each(["wire_expiring", "disk_free"] as const)("of %s is broken when little is left", (metric) => {
    const little = limits({ metric, threshold: 24, clearThreshold: 30 });
    expect([25, 24, -1].map((left) => kindOf(little, null, left, 0))).toEqual(["nothing", "open", "open"]);
    expect([30, 31].map((left) => kindOf(little, live("open"), left, 0))).toEqual(["lasts", "resolve"]);
  });
});

describe("a rule with patience", () => {
  const patient = limits({ forMinutes: 5, clearMinutes: 10, clearThreshold: 3 });

  test("waits for its minutes, and forgets what passes", () => {
    expect(kindOf(patient, null, 10, 0)).toBe("begin");
    expect(kindOf(patient, live("pending"), 10, 5 * MINUTE - 1)).toBe("lasts");
    expect(kindOf(patient, live("pending"), 10, 5 * MINUTE)).toBe("open");
    expect(kindOf(patient, live("pending"), 9, MINUTE)).toBe("forget");
  });

  test("is over only well below the threshold, and for long enough", () => {
    expect(kindOf(patient, live("open"), 3, 60 * MINUTE)).toBe("lasts");
    expect(kindOf(patient, live("open"), 2, 60 * MINUTE)).toBe("clears");
    expect(kindOf(patient, live("open", 0, 60 * MINUTE), 2, 70 * MINUTE - 1)).toBe("clears");
    expect(kindOf(patient, live("open", 0, 60 * MINUTE), 2, 70 * MINUTE)).toBe("resolve");
  });
});

test("whatever the figures do, an incident opens and resolves in turns, and never at once", () => {
  fc.assert(
    fc.property(
      fc.record({
        threshold: fc.integer({ min: 1, max: 20 }),
        clear: fc.integer({ min: 0, max: 20 }),
        forMinutes: fc.integer({ min: 0, max: 5 }),
        clearMinutes: fc.integer({ min: 0, max: 5 }),
        values: fc.array(fc.option(fc.integer({ min: 0, max: 25 })), { maxLength: 80 }),
      }),
      ({ threshold, clear, forMinutes, clearMinutes, values }) => {
        const rule = limits({ threshold, clearThreshold: Math.min(clear, threshold), forMinutes, clearMinutes });
        const told: string[] = [];
        let state: LiveIncident | null = null;
        values.forEach((value, minute) => {
          const now = minute * MINUTE;
          const { kind } = judge(rule, state, value, now);
          if (kind === "open" || kind === "resolve") told.push(kind);
          if (kind === "begin") state = live("pending", now);
          else if (kind === "open") state = live("open", now);
          else if (kind === "forget" || kind === "resolve") state = null;
          else if (kind === "clears" && state) state = live("open", state.since, state.clearSince ?? now);
          else if (kind === "lasts" && state) state = live(state.status, state.since);
        });
        expect(told).toEqual(told.map((_, at) => (at % 2 === 0 ? "open" : "resolve")));
      },
    ),
  );
});
