import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitRules } from "../../limits/limit-rules.ts";
import { type Candidate, decideGate } from "./decide-gate.ts";
import { EMPTY_GATE, type GateState } from "./gate-state.ts";

const asking = (...ids: string[]): Candidate[] => ids.map((id) => ({ id, priority: 0 }));
const narrow = (concurrency: number) => ({ rate: null, concurrency });

describe("a gate", () => {
  test("lets as many go as there is room for, the smallest priority first, then the oldest", () => {
    const question = {
      running: 1,
      asking: [
        { id: "c", priority: 0 },
        { id: "a", priority: 5 },
      ],
      waiting: [{ id: "b", priority: 0 }],
    };
    const { go, hold, release, waitMs } = decideGate(EMPTY_GATE, narrow(3), question, 0);
    expect({ go, hold, release, waitMs }).toEqual({
      go: ["c"],
      hold: [{ id: "a", reason: "handler_limit" }],
      release: ["b"],
      waitMs: null,
    });
  });

  test("keeps the place of one it let go, and gives it away when nobody took it", () => {
    const first = decideGate(EMPTY_GATE, narrow(1), { running: 0, asking: [], waiting: asking("a") }, 0);
    expect(first.release).toEqual(["a"]);
    const question = { running: 0, asking: asking("b"), waiting: [] };
    expect(decideGate(first.state, narrow(1), question, 9_999).hold).toEqual([{ id: "b", reason: "handler_limit" }]);
    expect(decideGate(first.state, narrow(1), question, 10_000).go).toEqual(["b"]);
    expect(decideGate(first.state, narrow(1), { running: 0, asking: asking("a"), waiting: [] }, 5).go).toEqual(["a"]);
  });

  test("says when the rate lets the next one go", () => {
    const rules = limitRules({ rateLimit: { perSecond: 2, burst: 1 }, concurrency: null });
    if (!rules) throw new Error("no rules");
    const { go, hold, waitMs } = decideGate(
      EMPTY_GATE,
      rules,
      { running: 0, asking: asking("a", "b"), waiting: [] },
      1_000,
    );
    expect(go).toEqual(["a"]);
    expect(hold).toEqual([{ id: "b", reason: "rate" }]);
    expect(waitMs).toBeGreaterThan(400);
    expect(waitMs).toBeLessThanOrEqual(550);
  });
});

/** What can happen to a handler's deliveries, in any order. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant("arrive" as const), priority: fc.integer({ min: -2, max: 2 }) }),
  },
  { weight: 6, arbitrary: fc.record({ what: fc.constant("ask" as const), n: fc.nat({ max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("end" as const), n: fc.nat({ max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("look" as const) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 15_000 }) }) },
);

test("whatever happens: never more run than may, never more begin in a window than may, and everybody's turn comes", () => {
  fc.assert(
    fc.property(
      fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
      fc.option(fc.record({ perSecond: fc.integer({ min: 1, max: 5 }), burst: fc.integer({ min: 1, max: 5 }) }), {
        nil: null,
      }),
      fc.array(step, { maxLength: 120 }),
      (concurrency, rateLimit, steps) => {
        const rules = limitRules({ rateLimit, concurrency });
        fc.pre(rules !== null);
        if (!rules) return;
        let now = 1_000_000;
        let state: GateState = EMPTY_GATE;
        let made = 0;
        const jobs: Candidate[] = [];
        let held: Candidate[] = [];
        const running = new Set<string>();
        const begun: number[] = [];
        let ended = 0;

        const decideNow = (who: readonly Candidate[]) => {
          const waiting = [...held].sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
          const answer = decideGate(state, rules, { running: running.size, asking: who, waiting }, now);
          state = answer.state;
          for (const id of answer.go) {
            running.add(id);
            begun.push(now);
          }
          for (const { id } of answer.hold) held.push(...who.filter((one) => one.id === id));
          jobs.push(...held.filter((one) => answer.release.includes(one.id)));
          held = held.filter((one) => !answer.release.includes(one.id));
          // Each of those asking got exactly one answer.
          expect(answer.go.length + answer.hold.length).toBe(who.length);
          expect(running.size).toBeLessThanOrEqual(concurrency ?? Number.POSITIVE_INFINITY);
          return answer;
        };

        for (const one of steps) {
          if (one.what === "arrive") jobs.push({ id: String(made++).padStart(4, "0"), priority: one.priority });
          else if (one.what === "ask") decideNow(jobs.splice(0, one.n + 1));
          else if (one.what === "look") decideNow([]);
          else if (one.what === "wait") now += one.ms;
          else {
            const id = [...running][one.n];
            if (id !== undefined && running.delete(id)) ended++;
          }
        }
        if (rules.rate) {
          const { calls, windowMs } = rules.rate;
          for (const from of begun) {
            expect(begun.filter((at) => at >= from && at < from + windowMs).length).toBeLessThanOrEqual(calls);
          }
        }
        // From here on everybody does what they should; then everything comes to its end.
        for (let round = 0; ended < made; round++) {
          expect(round).toBeLessThan(2_000);
          ended += running.size;
          running.clear();
          const answer = jobs.length > 0 ? decideNow(jobs.splice(0)) : decideNow([]);
          now += answer.waitMs ?? 1;
        }
      },
    ),
    { numRuns: 400 },
  );
});
