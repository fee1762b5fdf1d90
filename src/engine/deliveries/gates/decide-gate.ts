import type { HoldReason } from "../../../contract/index.ts";
import { decide } from "../../limits/decide.ts";
import type { LimitRules } from "../../limits/limit-rules.ts";
import type { LimitState } from "../../limits/limit-state.ts";
import type { GateState } from "./gate-state.ts";

/** A delivery that could run. */
export interface Candidate {
  readonly id: string;
  readonly priority: number;
}

export interface GateQuestion {
  /** Deliveries of the handler that run now, over all processes. */
  readonly running: number;
  /** Those a worker has at hand. */
  readonly asking: readonly Candidate[];
  /** The first of those that were told to wait. */
  readonly waiting: readonly Candidate[];
}

export interface GateAnswer {
  readonly state: GateState;
  /** Of those asking: these run now. */
  readonly go: readonly string[];
  /** Of those asking: these wait. */
  readonly hold: readonly { readonly id: string; readonly reason: HoldReason & ("handler_limit" | "rate") }[];
  /** Of those waiting: these may ask, and a place is kept for them. */
  readonly release: readonly string[];
  /** When the rate lets the next one go, in milliseconds; `null` when nobody waits for it. */
  readonly waitMs: number | null;
}

/** So long a place is kept for a delivery that was let go; its job should be taken well before. */
export const PERMIT_MS = 10_000;

/** Whom `decide` is asked for. The handler itself: who waits is kept in the deliveries. */
const HOLDER = "handler";

/**
 * Share out a handler's places. A pure function: the caller holds the lock on the state.
 *
 * - Those that run and those a place is kept for are never more than `concurrency`.
 * - In any window at most `calls` begin: a call is used up when a delivery begins, not when it is let go.
 * - The smallest priority goes first, then the oldest; somebody who just came does not pass those who wait.
 *
 * @param now the database's time in epoch milliseconds.
 */
export function decideGate(before: GateState, rules: LimitRules, question: GateQuestion, now: number): GateAnswer {
  const kept = new Map(Object.entries(before.permits).filter(([, until]) => until > now && until <= now + PERMIT_MS));
  const expected = question.asking.filter((one) => kept.has(one.id));
  for (const one of expected) kept.delete(one.id);
  const others = [
    ...question.asking.filter((one) => !expected.includes(one)),
    ...question.waiting.filter((one) => !kept.has(one.id)),
  ].sort(bySeniority);

  const places = rules.concurrency ?? Number.POSITIVE_INFINITY;
  // A place kept may have been lost: the limit was lowered, or its time was over and somebody else got it.
  const free = Math.max(0, places - question.running - kept.size);
  const wanted = expected.length + others.length;
  const room = roomFor(before.rate, rules, wanted + kept.size, now);
  const chosen = [...expected.sort(bySeniority), ...others].slice(
    0,
    Math.min(free, Math.max(0, room.calls - kept.size)),
  );
  const isChosen = new Set(chosen.map((one) => one.id));

  const go = question.asking.filter((one) => isChosen.has(one.id)).map((one) => one.id);
  const release = question.waiting.filter((one) => isChosen.has(one.id)).map((one) => one.id);
  for (const id of release) kept.set(id, now + PERMIT_MS);
  const byRate = free > chosen.length;
  return {
    state: { rate: spend(before.rate, rules, go.length, now), permits: Object.fromEntries(kept) },
    go,
    hold: question.asking
      .filter((one) => !isChosen.has(one.id))
      .map((one) => ({ id: one.id, reason: byRate ? "rate" : "handler_limit" })),
    release,
    waitMs: byRate && wanted > chosen.length ? room.waitMs : null,
  };
}

/** By priority, then by age: ids sort by time. */
const bySeniority = (a: Candidate, b: Candidate): number =>
  a.priority - b.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** How many may begin now, as far as the rate is concerned, and when the next one could if not all of them may. */
function roomFor(state: LimitState, rules: LimitRules, wanted: number, now: number) {
  if (!rules.rate) return { calls: Number.POSITIVE_INFINITY, waitMs: null };
  const { answer } = decide(state, { rate: rules.rate, concurrency: null }, ask(wanted), now);
  return { calls: answer.calls, waitMs: answer.waitMs };
}

function spend(state: LimitState, rules: LimitRules, calls: number, now: number): LimitState {
  if (!rules.rate) return state;
  const { state: after } = decide(state, { rate: rules.rate, concurrency: null }, ask(calls), now);
  return { ...after, holders: {} };
}

const ask = (waiting: number) => ({
  holder: HOLDER,
  held: 0,
  idle: 0,
  waiting,
  waitedMs: 0,
  spare: 0,
  usableMs: 0,
  leaseMs: 0,
  pauseMs: 0,
});
