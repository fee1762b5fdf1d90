import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ask, decide } from "./decide.ts";
import { type LimitRules, limitRules } from "./limit-rules.ts";
import { EMPTY_STATE, type LimitState } from "./limit-state.ts";

const NOTHING: Ask = {
  holder: "a",
  held: 0,
  idle: 0,
  waiting: 0,
  waitedMs: 0,
  spare: 0,
  usableMs: 50,
  leaseMs: 10_000,
  pauseMs: 0,
};

/** A bank in memory whose clock the test moves. */
function bank(rules: LimitRules) {
  let state: LimitState = EMPTY_STATE;
  return {
    now: 1_000_000,
    get state() {
      return state;
    },
    ask(ask: Partial<Ask>) {
      const decided = decide(state, rules, { ...NOTHING, ...ask }, this.now);
      state = decided.state;
      return decided.answer;
    },
  };
}

const perSecond = (calls: number, burst = calls): LimitRules => {
  const rules = limitRules({ rateLimit: { perSecond: calls, burst }, concurrency: null });
  if (!rules) throw new Error("no rules");
  return rules;
};
const places = (concurrency: number): LimitRules => ({ rate: null, concurrency });

/** Allowed at `at`; may begin until `until`. */
interface Allowed {
  readonly at: number;
  readonly until: number;
  readonly calls: number;
}

/** The most that could begin in one window, if every call began at the worst moment it may. */
function worstWindow(allowed: readonly Allowed[], windowMs: number): number {
  const starts = allowed.map((it) => it.until);
  return Math.max(
    0,
    ...starts.map((start) =>
      allowed.filter((it) => it.at < start + windowMs && it.until >= start).reduce((sum, it) => sum + it.calls, 0),
    ),
  );
}

describe("rate", () => {
  const steps = fc.array(
    fc.record({
      afterMs: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 400 })),
      /** Readings of the clock may cross: the one that got the lock later may have read it earlier. */
      behindMs: fc.integer({ min: 0, max: 20 }),
      holder: fc.constantFrom("a", "b", "c", "d"),
      waiting: fc.integer({ min: 0, max: 8 }),
      spare: fc.integer({ min: 0, max: 4 }),
      usableMs: fc.constantFrom(50, 100, 400),
      pauseMs: fc.oneof({ weight: 80, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(300) }),
    }),
    { minLength: 20, maxLength: 150, size: "max" },
  );

  it("never lets more calls begin in any window than the limit, whoever asks when", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 24 }), steps, (calls, burst, script) => {
        const rules = perSecond(calls, burst);
        const it = bank(rules);
        const allowed: Allowed[] = [];
        let time = it.now;
        for (const { afterMs, behindMs, ...ask } of script) {
          time += afterMs;
          it.now = time - behindMs;
          const answer = it.ask(ask);
          if (answer.calls > 0)
            allowed.push({ at: it.state.at, until: it.state.at + ask.usableMs, calls: answer.calls });
        }
        expect(worstWindow(allowed, 1_000)).toBeLessThanOrEqual(calls);
        for (const { calls: atOnce } of allowed) expect(atOnce).toBeLessThanOrEqual(rules.rate?.burst ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  it("lets nobody go in a pause, and brings calls back one by one", () => {
    const it = bank(perSecond(10));
    it.ask({ holder: "b", pauseMs: 500 });
    it.now += 499;
    expect(it.ask({ waiting: 5 })).toMatchObject({ calls: 0, pausedMs: 1, waitMs: expect.any(Number) });
    it.now += 1;
    expect(it.ask({ waiting: 5 }).calls).toBe(1);
    it.now += 100;
    expect(it.ask({ waiting: 4 }).calls).toBe(1);
  });

  it("uses the limit up: whoever asks when told to gets nearly all of it", () => {
    for (const rules of [perSecond(10), perSecond(10, 1), perSecond(200), perSecond(3, 2)]) {
      const it = bank(rules);
      const end = it.now + 60_000;
      let done = 0;
      while (it.now < end) {
        const answer = it.ask({ waiting: 500, waitedMs: 100 });
        done += answer.calls;
        it.now += answer.waitMs ?? 1;
      }
      expect(done).toBeGreaterThan((rules.rate?.calls ?? 0) * 60 * 0.9);
    }
  });

  it("counts calls that were put together for as long as the last of them", () => {
    const it = bank(perSecond(2));
    it.ask({ waiting: 1 });
    it.now += 5;
    it.ask({ waiting: 1 });
    it.now += 1_049;
    expect(it.ask({ waiting: 2 })).toMatchObject({ calls: 0, waitMs: expect.any(Number) });
    it.now += 1;
    expect(it.ask({ waiting: 2 }).calls).toBeGreaterThan(0);
  });

  it("keeps the row small however many calls there are", () => {
    const it = bank(perSecond(10_000));
    for (let i = 0; i < 2_000; i++) {
      it.now += 1;
      it.ask({ waiting: 3, holder: `h${i % 4}` });
    }
    expect(it.state.spent.length).toBeLessThan(60);
  });

  it("allows some in advance while the limit is far away, and none when others wait or it is near", () => {
    const it = bank(perSecond(100));
    expect(it.ask({ waiting: 1, spare: 20 }).calls).toBe(21);
    expect(it.ask({ waiting: 79 }).calls).toBe(79);
    expect(it.ask({ holder: "b", waiting: 1 }).calls).toBe(0);
    it.now += 1_050;
    expect(it.ask({ spare: 20 })).toMatchObject({ calls: 0, othersWait: true });
  });
});

describe("order", () => {
  it("lets the call go first that came first, in whatever process", () => {
    const it = bank(perSecond(1));
    expect(it.ask({ holder: "a", waiting: 3 }).calls).toBe(1);
    it.now += 100;
    it.ask({ holder: "b", waiting: 1 });
    it.now += 950;
    expect(it.ask({ holder: "b", waiting: 1, waitedMs: 950 }).calls).toBe(0); // two of a came before it
    expect(it.ask({ holder: "a", waiting: 2, waitedMs: 1_050 }).calls).toBe(1);
  });

  it("does not wait for a process that does not come", () => {
    const it = bank(perSecond(10, 1));
    it.ask({ holder: "a", waiting: 2 });
    it.now += 500; // a was to come after 100 ms
    expect(it.ask({ holder: "b", waiting: 1 }).calls).toBe(1);
  });

  it("starves nobody: every call goes within the time that all before it need", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ holder: fc.constantFrom("a", "b", "c"), afterMs: fc.integer({ min: 0, max: 200 }) }), {
          minLength: 1,
          maxLength: 60,
        }),
        (arrivals) => {
          const it = bank(perSecond(10, 1));
          const start = it.now;
          let at = start;
          const coming = arrivals.map(({ holder, afterMs }) => {
            at += afterMs;
            return { holder, at };
          });
          const queues = new Map<string, number[]>([
            ["a", []],
            ["b", []],
            ["c", []],
          ]);
          const nextAsk = new Map<string, number>();
          let left = coming.length;
          while (left > 0) {
            for (const one of coming.filter((c) => c.at === it.now)) {
              const queue = queues.get(one.holder);
              queue?.push(one.at);
              if (queue?.length === 1) nextAsk.set(one.holder, it.now);
            }
            for (const [holder, queue] of queues) {
              if (queue.length === 0 || (nextAsk.get(holder) ?? 0) > it.now) continue;
              const answer = it.ask({ holder, waiting: queue.length, waitedMs: it.now - (queue[0] ?? 0) });
              for (const cameAt of queue.splice(0, answer.calls)) {
                left--;
                const before = coming.filter((c) => c.at < cameAt).length;
                // One interval each for those before, one for itself, and a few questions' worth of slack.
                expect(it.now - Math.max(cameAt, start)).toBeLessThan((before + 1) * 110 + 1_500);
              }
              nextAsk.set(holder, it.now + (answer.waitMs ?? 0));
            }
            it.now++;
            if (it.now > start + 60_000) throw new Error("somebody waits for ever");
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("concurrency", () => {
  it("never gives out more places than there are, whoever asks, ends and dies when", () => {
    const step = fc.record({
      afterMs: fc.integer({ min: 0, max: 3_000 }),
      holder: fc.constantFrom("a", "b", "c", "d"),
      waiting: fc.integer({ min: 0, max: 6 }),
      ends: fc.integer({ min: 0, max: 4 }),
      dies: fc.constantFrom(false, false, false, false, true),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 80 }), (concurrency, script) => {
        const it = bank(places(concurrency));
        const real = new Map<string, { held: number; heardAt: number }>();
        for (const { afterMs, holder, waiting, ends, dies } of script) {
          it.now += afterMs;
          for (const [id, { heardAt }] of real) if (it.now >= heardAt + 10_000) real.delete(id); // died, or as good as dead
          if (dies) continue;
          const held = Math.max(0, (real.get(holder)?.held ?? 0) - ends);
          const answer = it.ask({ holder, held, waiting });
          real.set(holder, { held: held + answer.places, heardAt: it.now });
          const inUse = [...real.values()].reduce((sum, one) => sum + one.held, 0);
          expect(inUse).toBeLessThanOrEqual(concurrency);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("frees the places of a process that is not heard of", () => {
    const it = bank(places(2));
    expect(it.ask({ holder: "dead", waiting: 2, leaseMs: 5_000 }).places).toBe(2);
    it.now += 4_999;
    expect(it.ask({ waiting: 1 })).toMatchObject({ places: 0, waitMs: 200 });
    it.now += 1;
    expect(it.ask({ waiting: 1 }).places).toBe(1);
  });

  it("gives a place that comes free to the one that waits longest", () => {
    const it = bank(places(1));
    it.ask({ holder: "a", waiting: 5 });
    it.now += 10;
    it.ask({ holder: "b", waiting: 1 });
    it.now += 10;
    expect(it.ask({ holder: "c", waiting: 1 })).toMatchObject({ places: 0, othersWait: true });
    // a's four others came at the same time as its first, before b.
    expect(it.ask({ holder: "a", held: 0, waiting: 4, waitedMs: 20 }).places).toBe(1);
    expect(it.ask({ holder: "a", held: 0, waiting: 3, waitedMs: 5 })).toMatchObject({ places: 0 });
    expect(it.ask({ holder: "c", waiting: 1, waitedMs: 5 }).places).toBe(0);
    expect(it.ask({ holder: "b", waiting: 1, waitedMs: 20 }).places).toBe(1);
  });

  it("holds no place for a call that the rate does not let go", () => {
    const it = bank({ ...perSecond(1), concurrency: 4 });
    expect(it.ask({ holder: "a", waiting: 3 })).toMatchObject({ calls: 1, places: 1 });
  });
});

it("starts anew when the clock was set back, instead of standing still", () => {
  const it = bank(perSecond(1));
  it.ask({ waiting: 1 });
  it.now -= 3_600_000;
  expect(it.ask({ waiting: 1 }).calls).toBe(1);
});
