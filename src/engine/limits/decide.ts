import type { LimitRules, RateRules } from "./limit-rules.ts";
import { EMPTY_STATE, type Holder, type LimitState } from "./limit-state.ts";

/** What a process asks for, and what it says of itself. */
export interface Ask {
  readonly holder: string;
  /** Places it keeps: calls that run, and those it wants to reuse. Fewer than before gives some back. */
  readonly held: number;
  /** How many of the kept ones are free for the calls that wait. */
  readonly idle: number;
  /** Calls that wait. */
  readonly waiting: number;
  /** How long the first of them has waited, in milliseconds. */
  readonly waitedMs: number;
  /** Calls it expects soon and would like to be allowed in advance. */
  readonly spare: number;
  /** What is allowed now will be used within so many milliseconds of asking, or never. */
  readonly usableMs: number;
  /** It will be heard of again before that. */
  readonly leaseMs: number;
  /** The other side said "too many": nobody goes for that long. */
  readonly pauseMs: number;
}

export interface Answer {
  /** Calls that may begin, as far as the rate is concerned. */
  readonly calls: number;
  /** Places, beside those it held. */
  readonly places: number;
  /** When to ask again for what still waits; `null` when nothing does. */
  readonly waitMs: number | null;
  /** Other processes wait too: give back what is free, do not hand it on among yourselves. */
  readonly othersWait: boolean;
  readonly pausedMs: number;
}

/** A place may come free at any moment; whoever is not told by NOTIFY looks this often. */
const PLACE_POLL_MS = 200;
/** Whoever stands in front may give up or die, which nobody announces. */
const QUEUE_POLL_MS = 1_000;
/** When many wait for a fast limit, they are let go in lots of so much time, and not with a statement each. */
const LOT_MS = 50;
/** How late a process may ask before others are let past. */
const GRACE_MS = 300;
/** What was spent is remembered in so many pieces per window, to keep the row small. */
const PIECES = 50;
/** Time that jumps back further than this is a clock that was set, not two readings that crossed. */
const CLOCK_SLACK_MS = 5_000;

/**
 * Share out one connection's limits. A pure function: the caller holds the lock on the state.
 *
 * Three rules, and none of them can be broken by any order of events:
 * - In any window of `windowMs` at most `calls` begin. What is allowed at a time may begin until `usableMs` later, so it
 *   counts until `usableMs` + `windowMs` later.
 * - At most `concurrency` places are held by processes whose lease is good.
 * - Calls go in the order they came, by the first that waits in each process.
 *
 * @param clock the database's time in epoch milliseconds, so that there is one clock.
 */
export function decide(
  before: LimitState,
  rules: LimitRules,
  ask: Ask,
  clock: number,
): { readonly state: LimitState; readonly answer: Answer } {
  const known = before.at > clock + CLOCK_SLACK_MS ? EMPTY_STATE : before;
  const now = Math.max(clock, known.at);
  const others = Object.entries(known.holders).filter(([id, it]) => id !== ask.holder && it.leaseUntil > now);
  const since = now - ask.waitedMs;
  const waitingOthers = others.filter(([, it]) => it.waiting > 0);
  const ahead = waitingOthers
    .filter(([id, it]) => isBefore(it, id, since, ask.holder) && now <= it.dueAt + GRACE_MS)
    .reduce((sum, [, it]) => sum + it.waiting, 0);

  const pausedUntil = ask.pauseMs > 0 ? Math.max(known.pausedUntil, now + ask.pauseMs) : known.pausedUntil;
  const bucket = rules.rate ? fill(rules.rate, known, now, ask.pauseMs > 0 ? pausedUntil : null) : null;
  const room = now < pausedUntil ? 0 : (bucket?.room ?? Number.POSITIVE_INFINITY);
  const places = rules.concurrency === null ? Number.POSITIVE_INFINITY : freePlaces(rules.concurrency, ask, others);

  const mayGo = Math.min(ask.waiting, ask.idle + Math.max(0, places - ahead), Math.max(0, room - ahead));
  const calm = waitingOthers.length === 0 && mayGo === ask.waiting && now >= pausedUntil;
  const spare = calm && bucket && rules.rate ? Math.min(ask.spare, spareOf(rules.rate, bucket, mayGo)) : 0;
  const taken = Math.max(0, rules.concurrency === null ? 0 : mayGo - ask.idle);

  const state: LimitState = {
    at: now,
    pausedUntil,
    fullAt: bucket && rules.rate ? bucket.fullAt + (mayGo + spare) * rules.rate.intervalMs : known.fullAt,
    spent: bucket && rules.rate ? remember(rules.rate, bucket.spent, now + ask.usableMs, mayGo + spare) : [],
    holders: Object.fromEntries(others),
  };
  const still = ask.waiting - mayGo;
  const waitMs = still > 0 ? nextTry(rules, state, { now, ahead, places: places - taken }) : null;
  const held = ask.held + taken;
  if (held > 0 || still > 0) {
    const dueAt = now + (waitMs ?? 0);
    state.holders[ask.holder] = { held, waiting: still, since, dueAt, leaseUntil: now + ask.leaseMs };
  }
  return {
    state,
    answer: {
      calls: mayGo + spare,
      places: taken,
      waitMs,
      othersWait: waitingOthers.length > 0,
      pausedMs: Math.max(0, pausedUntil - now),
    },
  };
}

/** Two that came in the same millisecond need an order too. */
const isBefore = (other: Holder, otherId: string, since: number, id: string): boolean =>
  other.since < since || (other.since === since && otherId < id);

function freePlaces(concurrency: number, ask: Ask, others: readonly (readonly [string, Holder])[]): number {
  const heldByOthers = others.reduce((sum, [, it]) => sum + it.held, 0);
  return Math.max(0, concurrency - heldByOthers - ask.held);
}

interface Bucket {
  /** Calls that may be allowed now. */
  readonly room: number;
  readonly inBucket: number;
  readonly inWindow: number;
  readonly fullAt: number;
  readonly spent: LimitState["spent"];
}

/** @param slowFrom the end of a pause that begins now: the bucket is empty then, so that calls come back one by one. */
function fill(rate: RateRules, state: LimitState, now: number, slowFrom: number | null): Bucket {
  const spent = state.spent.filter(([until]) => until + rate.windowMs > now);
  const used = spent.reduce((sum, [, calls]) => sum + calls, 0);
  const pausedFull = slowFrom === null ? 0 : slowFrom + (rate.burst - 1) * rate.intervalMs;
  const fullAt = Math.max(state.fullAt, now, pausedFull);
  const inBucket = Math.floor((now - fullAt) / rate.intervalMs + rate.burst + 1e-6);
  const inWindow = rate.calls - used;
  return { room: Math.max(0, Math.min(inBucket, inWindow)), inBucket, inWindow, fullAt, spent };
}

/** In advance only what others will not miss: half of what is at hand, and nothing of the window's second half. */
function spareOf(rate: RateRules, { inBucket, inWindow }: Bucket, mayGo: number): number {
  return Math.max(0, Math.min(Math.floor((inBucket - mayGo) / 2), inWindow - mayGo - Math.ceil(rate.calls / 2)));
}

/** Pieces have fixed borders: one that could grow for ever would never expire. */
function remember(rate: RateRules, spent: LimitState["spent"], until: number, calls: number): LimitState["spent"] {
  if (calls === 0) return spent;
  const pieceMs = rate.windowMs / PIECES;
  const last = spent.at(-1);
  if (!last || Math.floor(last[0] / pieceMs) !== Math.floor(until / pieceMs)) return [...spent, [until, calls]];
  return [...spent.slice(0, -1), [Math.max(last[0], until), last[1] + calls]];
}

interface Queue {
  readonly now: number;
  readonly ahead: number;
  readonly places: number;
}

function nextTry(rules: LimitRules, state: LimitState, { now, ahead, places }: Queue): number {
  let at = state.pausedUntil;
  let lotMs = 1;
  if (rules.rate) {
    const { burst, intervalMs } = rules.rate;
    at = Math.max(at, state.fullAt - (burst - Math.min(burst, ahead + 1)) * intervalMs);
    at = Math.max(at, windowOpensAt(rules.rate, state, ahead + 1));
    lotMs = Math.min(LOT_MS, burst * intervalMs);
  }
  const rateMs = Math.max(Math.ceil(at - now), Math.ceil(lotMs));
  const waitMs = places <= ahead ? Math.max(PLACE_POLL_MS, rateMs) : rateMs;
  return ahead > 0 ? Math.min(waitMs, QUEUE_POLL_MS) : waitMs;
}

/** When enough of what was spent has left the window for `calls` more. */
function windowOpensAt(rate: RateRules, state: LimitState, calls: number): number {
  let excess = state.spent.reduce((sum, [, n]) => sum + n, 0) + Math.min(calls, rate.calls) - rate.calls;
  if (excess <= 0) return 0;
  for (const [until, n] of state.spent) {
    excess -= n;
    if (excess <= 0) return until + rate.windowMs;
  }
  return 0;
}
