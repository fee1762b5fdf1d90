import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breakerRules } from "../../plugs/breaker-rules.ts";
import {
  type BreakerState,
  beginProbe,
  CLOSED,
  close,
  learn,
  mayCall,
  openByHand,
  PROBE_MS,
} from "./decide-breaker.ts";

const rules = breakerRules({ failures: 3, rate: false, openMs: 1_000, maxOpenMs: 5_000 });
if (!rules) throw new Error("no rules");
const failed = (token = "x") => ({ verdict: "failed" as const, okBefore: 0, token, message: "503" });
const ok = (token = "x") => ({ verdict: "ok" as const, okBefore: 0, token, message: null });

describe("a breaker", () => {
  test("opens at so many failures in a row, and one success in between begins anew", () => {
    let state = CLOSED;
    for (const report of [failed(), failed(), ok(), failed(), failed()]) state = learn(state, rules, report, 0);
    expect(state).toMatchObject({ open: false, failures: 2 });
    state = learn(state, rules, failed(), 7);
    expect(state).toMatchObject({ open: true, reason: "3 failures in a row: 503", openedAt: 7, probeAt: 1_007 });
  });

  test("opens by the share of failures within a window, successes that were not worth a report included", () => {
    const byRate = breakerRules({ failures: false, rate: { share: 0.5, minimum: 10, windowMs: 60_000 } });
    if (!byRate) throw new Error("no rules");
    let state = learn(CLOSED, byRate, { ...failed(), okBefore: 8 }, 0);
    for (let n = 0; n < 6; n++) state = learn(state, byRate, failed(), n);
    expect(state.open).toBe(false);
    state = learn(state, byRate, failed(), 7);
    expect(state).toMatchObject({ open: true, reason: "8 of 16 failed: 503" });
  });

  test("lets one try when its time has come, and the next one when that one died or was silent for too long", () => {
    const state: BreakerState = { ...CLOSED, open: true, probeAt: 100 };
    expect(mayCall(state, 99, false)).toBe("no");
    expect(mayCall(state, 100, false)).toBe("probe");
    const trying = beginProbe(state, { deliveryId: "d", token: "t" }, 100);
    expect(mayCall(trying, 101, true)).toBe("no");
    expect(mayCall(trying, 101, false)).toBe("probe");
    expect(mayCall(trying, 100 + PROBE_MS, true)).toBe("probe");
  });

  test("that a person opened stays open, until a person closes it", () => {
    const state = openByHand(CLOSED, "they migrate", 5);
    expect(mayCall(state, 1e12, false)).toBe("no");
    expect(learn(state, rules, ok(), 6)).toEqual(state);
    expect(mayCall(close(state, 9), 9, false)).toBe("yes");
  });
});

/** What can happen to a destination: calls begin and end in any order, processes die, time passes. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("ask" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("end" as const),
      n: fc.nat({ max: 5 }),
      verdict: fc.constantFrom("ok" as const, "failed" as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("die" as const), n: fc.nat({ max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 4_000 }) }) },
);

test("whatever happens: while it is open one at a time tries, none before its time, and a destination that is back is found", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      let now = 0;
      let state: BreakerState = CLOSED;
      let made = 0;
      const running = new Map<string, { probe: boolean; at: number }>();
      const alive = () => state.probe !== null && running.has(state.probe.token);

      for (const one of steps) {
        if (one.what === "wait") now += one.ms;
        else if (one.what === "ask") {
          const answer = mayCall(state, now, alive());
          const token = `t${made++}`;
          if (answer === "no") continue;
          if (answer === "probe") {
            const trying = [...running.values()].filter((it) => it.probe && now - it.at < PROBE_MS);
            // Another probe may still run only if what it says does not count any more.
            expect(alive() && trying.length > 0).toBe(false);
            if (state.probe === null) expect(now).toBeGreaterThanOrEqual(state.probeAt ?? Number.POSITIVE_INFINITY);
            state = beginProbe(state, { deliveryId: token, token }, now);
          } else expect(state.open).toBe(false);
          running.set(token, { probe: answer === "probe", at: now });
        } else {
          const token = [...running.keys()][one.n];
          if (token === undefined) continue;
          running.delete(token);
          if (one.what === "die") continue;
          const before = state;
          state = learn(state, rules, { verdict: one.verdict, okBefore: 0, token, message: null }, now);
          // While it is open nobody but the probe is heard.
          if (before.open && before.probe?.token !== token) expect(state).toEqual(before);
          if (before.open && !state.open) expect(one.verdict).toBe("ok");
          if (!before.open && state.open) expect(state.failures).toBe(rules.failures);
          if (state.open && state.probeAt !== null && state.probe === null)
            expect(state.probeAt - now).toBeLessThanOrEqual(rules.maxOpenMs);
        }
      }
      // The destination is back, and what still runs ends well or dies.
      running.clear();
      for (let round = 0; state.open; round++) {
        expect(round).toBeLessThan(3);
        now = Math.max(now, state.probeAt ?? now);
        expect(mayCall(state, now, false)).toBe("probe");
        state = beginProbe(state, { deliveryId: "last", token: "last" }, now);
        state = learn(state, rules, ok("last"), now);
      }
      expect(mayCall(state, now, false)).toBe("yes");
    }),
    { numRuns: 500 },
  );
});
