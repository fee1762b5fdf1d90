import { setTimeout as delay } from "node:timers/promises";
import type { Cast } from "./cast.ts";
import { readOpen, readStuck } from "./invariants.ts";
import { newSent, replay, type Sent } from "./load.ts";
import { seededRandom } from "./random.ts";
import { newToll, type Scenario, type Toll } from "./scenarios.ts";
import { type Stage, setStage } from "./stage.ts";

export interface RoundsOptions {
  readonly cast: Cast;
  readonly rounds: number;
  readonly seed: number;
  /** Only scenarios whose name has this in it. */
  readonly only?: string;
  /** These scenarios, one after the other, instead of chance. */
  readonly names?: readonly string[];
  readonly log: (line: string) => void;
}

export interface RoundsReport extends Toll {
  readonly rounds: number;
  /** The trouble of each round. */
  readonly names: readonly string[];
  readonly events: number;
  readonly deliveries: number;
  readonly attempts: number;
  /** Attempts that a death or a broken connection cut short. */
  readonly cutShort: number;
  readonly calls: number;
  /** Milliseconds from the end of the trouble to the end of all work. */
  readonly recoveriesMs: readonly number[];
  readonly violations: readonly string[];
}

/** All that was begun must have ended this long after the trouble. */
const DRAIN_MS = 90_000;
const HURRY_MS = 5_000;
/** A lease that is over may not stand for longer than this while somebody lives: a few sweeps, on a busy machine. */
const OVERDUE_MS = 12_000;

/**
 * Round after round on one database: send some of everything, make trouble meanwhile, wait until all has ended, and
 * look whether everything is as promised.
 *
 * The seed decides which trouble comes when; how the machine's own moments fall is beyond it.
 */
export async function runRounds({ cast, rounds, seed, only = "", names, log }: RoundsOptions): Promise<RoundsReport> {
  const chosen = cast.scenarios.filter((scenario) => scenario.name.includes(only));
  if (chosen.length === 0) throw new Error(`No scenario is called anything with "${only}".`);
  const random = seededRandom(seed);
  const stage = await setStage(cast, random);
  const toll = newToll();
  const violations: string[] = [];
  const recoveriesMs: number[] = [];
  const played: string[] = [];
  let deck: Scenario[] = [];
  let earlier: Sent | null = null;
  let events = 0;
  try {
    for (let round = 1; round <= rounds; round++) {
      if (deck.length === 0) deck = random.shuffle(chosen);
      const name = names?.[round - 1];
      const scenario = name === undefined ? deck.pop() : cast.scenarios.find((one) => one.name === name);
      if (!scenario) throw new Error(`No scenario is called "${name}".`);
      const startedAt = performance.now();
      const one = await playRound(stage, scenario, { random, toll, earlier });
      played.push(scenario.name);
      recoveriesMs.push(one.recoveryMs);
      events += one.sent.events.length;
      const found = one.violations.map((what) => `round ${round}, ${scenario.name}: ${what}`);
      violations.push(...found);
      const took = ((performance.now() - startedAt) / 1000).toFixed(1);
      const recovered = (one.recoveryMs / 1000).toFixed(1);
      log(
        `${String(round).padStart(4)}  ${took.padStart(5)} s, recovered in ${recovered.padStart(4)} s  ${scenario.name}`,
      );
      for (const line of found) log(`      VIOLATION ${line}`);
      // What one round left behind would be found by all that follow.
      if (one.isStuck) break;
      earlier = one.sent;
    }
    const [row] = await stage.sql`
      select (select count(*)::int from khotan_deliveries) as deliveries,
        (select count(*)::int from khotan_run_attempts) as attempts,
        (select count(*)::int from khotan_run_attempts where status = 'crashed') as "cutShort"`;
    const { deliveries, attempts, cutShort } = row ?? {};
    const counted = { events, deliveries, attempts, cutShort, calls: stage.destination.calls };
    return { ...toll, ...counted, rounds: played.length, names: played, recoveriesMs, violations };
  } finally {
    await stage.close();
  }
}

interface Playing {
  readonly random: ReturnType<typeof seededRandom>;
  readonly toll: Toll;
  readonly earlier: Sent | null;
}

async function playRound(stage: Stage, scenario: Scenario, { random, toll, earlier }: Playing) {
  await stage.fill();
  const sent = newSent();
  const violations: string[] = [];
  const replaying =
    earlier && (scenario.replays || random.next() < 0.2)
      ? replay(stage, sent, earlier.events.filter(stage.cast.replays))
      : null;
  const striking = scenario.strike({ stage, random, sent, toll });
  const doing = Promise.allSettled([stage.cast.load(stage, sent, random), striking, replaying]);
  await striking.catch(() => undefined);
  const overAt = performance.now();
  const [filled, done] = await Promise.all([Promise.allSettled([stage.fill()]), doing]);
  for (const one of [...filled, ...done]) {
    if (one.status === "rejected") violations.push(`it did not go on: ${String(one.reason)}`);
  }
  const stuck = await drain(stage, violations);
  const recoveryMs = performance.now() - overAt;
  if (!stuck) violations.push(...(await stage.cast.findViolations(stage, sent)));
  return { sent, violations, recoveryMs, isStuck: stuck };
}

/** @returns whether something never ended */
async function drain(stage: Stage, violations: string[]): Promise<boolean> {
  const deadline = performance.now() + DRAIN_MS;
  const calmFrom = performance.now() + OVERDUE_MS;
  let worst = 0;
  let hurryAt = performance.now() + HURRY_MS;
  for (;;) {
    const open = await readOpen(stage).catch(() => null);
    if (open && performance.now() > calmFrom) worst = Math.max(worst, open.overdueMs);
    if (open && Object.values(open.left).every((n) => n === 0)) {
      if (worst > OVERDUE_MS) violations.push(`a lease was over for ${Math.round(worst)} ms and nobody took it back`);
      return false;
    }
    if (performance.now() > deadline) {
      violations.push(
        `not ended after ${DRAIN_MS / 1000} s: ${JSON.stringify(open)} ${JSON.stringify(await readStuck(stage), null, 1)}`,
      );
      return true;
    }
    if (performance.now() > hurryAt) {
      hurryAt = performance.now() + HURRY_MS;
      await stage.cast.hurry?.(stage).catch(() => undefined);
    }
    await delay(100);
  }
}
