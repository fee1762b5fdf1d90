import { isConnectionError } from "../database/sql-state.ts";
import type { PlugLimiter } from "../plugs/index.ts";
import { AllowedCalls } from "./allowed-calls.ts";
import type { Answer } from "./decide.ts";
import type { LimitBank, LimitKey } from "./limit-bank.ts";
import type { LimitRules } from "./limit-rules.ts";
import type { LimitTimer } from "./limit-timer.ts";
import { WaitingCalls } from "./waiting-calls.ts";

export interface SharedLimiterParts {
  readonly key: LimitKey;
  readonly rules: LimitRules;
  readonly bank: LimitBank;
  readonly timer: LimitTimer;
  /** This limiter, told apart from all others. */
  readonly holder: string;
  /** A process that is not heard of for so long is taken for dead; default 10,000 ms. */
  readonly leaseMs?: number;
  readonly onTrouble?: (error: unknown) => void;
}

/** A free place is kept so long for the next call before others may have it. */
const LINGER_MS = 100;
/** A longer "come back in …" is asked for again after this: no header may switch a plug off for a day. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/**
 * One connection's rate limit and concurrency, shared with all other processes through the bank.
 *
 * At most one question is under way; whoever comes meanwhile is part of the next. While the limit is far away some calls
 * are allowed in advance, so that most calls ask nobody. Nothing here can exceed a limit: all of it was allowed before.
 */
export class SharedLimiter implements PlugLimiter {
  readonly #parts: SharedLimiterParts;
  readonly #leaseMs: number;
  readonly #queue = new WaitingCalls();
  readonly #allowed: AllowedCalls;
  #running = 0;
  #idle = 0;
  #othersWait = false;
  #pausedUntil = 0;
  #pauseMs = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #waitMs: number | null = null;
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(parts: SharedLimiterParts) {
    this.#parts = parts;
    this.#leaseMs = parts.leaseMs ?? 10_000;
    this.#allowed = new AllowedCalls(parts.rules.rate);
  }

  /** Nothing runs, waits or is held: it may be forgotten. */
  get quiet(): boolean {
    return this.#running === 0 && this.#idle === 0 && this.#queue.size === 0 && this.#asking === null;
  }

  get plug(): string {
    return this.#parts.key.plug;
  }

  /** Calls that wait for their turn in this process. */
  get waiting(): number {
    return this.#queue.size;
  }

  acquire(signal: AbortSignal | undefined): Promise<() => void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#stopped) return Promise.reject(new Error("the hub is stopping"));
    this.#allowed.count(this.#now());
    if (this.#queue.size === 0 && !this.#othersWait && this.#take()) return Promise.resolve(this.#ending());
    const waiting = this.#queue.join(
      this.#now(),
      signal,
      () => this.#ending(),
      () => {
        if (this.#queue.size === 0) this.#ask(); // so that nobody waits behind a call that is gone
      },
    );
    if (this.#queue.size === 1) this.#ask();
    return waiting;
  }

  penalise(waitMs: number): void {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, waitMs);
    if (!(this.#now() + pauseMs > this.#pausedUntil)) return;
    this.#pause(pauseMs);
    this.#pauseMs = Math.max(this.#pauseMs, pauseMs);
    this.#ask();
  }

  /** Another process has news: a place came free, or nobody may go for a while. */
  wake(): void {
    if (this.#queue.size > 0 || this.#idle > 0 || !this.#allowed.isEmpty) this.#ask();
  }

  /** Give everything back. Calls that wait are refused. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue.failAll(new Error("the hub is stopping"));
    if (!this.quiet) this.#ask();
    while (this.#asking) await this.#asking;
    this.#cancel?.();
  }

  #now(): number {
    return this.#parts.timer.now();
  }

  #take(): boolean {
    const { rate, concurrency } = this.#parts.rules;
    const now = this.#now();
    if (now < this.#pausedUntil || (concurrency !== null && this.#idle === 0)) return false;
    if (rate && !this.#allowed.take(now)) return false;
    if (concurrency !== null) this.#idle--;
    this.#running++;
    return true;
  }

  #serve(): void {
    while (this.#queue.size > 0 && this.#take()) this.#queue.letGo();
  }

  #ending(): () => void {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#running--;
      if (this.#parts.rules.concurrency === null) return;
      this.#idle++;
      if (this.#othersWait || this.#stopped) return this.#ask();
      this.#serve();
      if (!this.#asking) this.#plan();
    };
  }

  #pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#now() + ms);
    this.#allowed.drop();
  }

  #ask(): void {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = this.#rounds().finally(() => {
      this.#asking = null;
      this.#plan();
    });
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      this.#cancel?.();
      try {
        await this.#round();
        this.#failures = 0;
      } catch (error) {
        this.#trouble(error);
        return;
      }
    } while (this.#again);
  }

  async #round(): Promise<void> {
    const { bank, key, rules, holder } = this.#parts;
    const asked = { at: this.#now(), usableMs: this.#allowed.usableMs };
    const pauseMs = this.#pauseMs;
    const free = this.#idle;
    // Those given back are gone before the question is sent: if its answer is lost, too few are held and never too many.
    if (this.#othersWait || this.#queue.size === 0) this.#idle = 0;
    this.#pauseMs = 0;
    this.#askedAt = asked.at;
    let answer: Answer;
    try {
      answer = await bank.ask(key, rules, {
        holder,
        held: rules.concurrency === null ? 0 : this.#running + this.#idle,
        idle: this.#idle,
        waiting: this.#queue.size,
        waitedMs: asked.at - (this.#queue.since ?? asked.at),
        spare: this.#allowed.spare,
        usableMs: asked.usableMs,
        leaseMs: this.#leaseMs,
        pauseMs,
      });
    } catch (error) {
      this.#pauseMs = Math.max(this.#pauseMs, pauseMs);
      throw error;
    }
    this.#idle += answer.places;
    this.#othersWait = answer.othersWait;
    this.#waitMs = answer.waitMs;
    if (answer.pausedMs > 0) this.#pause(answer.pausedMs);
    else if (this.#pauseMs === 0) this.#pausedUntil = 0; // the database's clock decides when a pause is over
    if (rules.rate && !this.#allowed.add(answer.calls, asked, this.#now())) this.#again = true;
    this.#serve();
    if (pauseMs > 0 || (answer.othersWait && free > 0)) bank.tell(key);
  }

  /** When to ask next, when nobody comes before. */
  #plan(): void {
    this.#cancel?.();
    const { timer, rules } = this.#parts;
    const waits = this.#queue.size > 0;
    const counts = rules.concurrency !== null && this.#running + this.#idle > 0;
    const renewMs = Math.max(0, this.#askedAt + this.#leaseMs / 3 - timer.now());
    let ms = waits || counts ? renewMs : null;
    if (this.#failures > 0) ms = Math.min(5_000, 100 * 2 ** this.#failures);
    else if (waits) ms = Math.min(this.#waitMs ?? 0, renewMs);
    else if (this.#idle > 0) ms = Math.min(LINGER_MS, renewMs);
    this.#cancel = ms === null ? null : timer.after(ms, () => this.#ask(), { keepsAlive: waits });
  }

  /** Calls go on waiting while the database is away; any other trouble is told to them. */
  #trouble(error: unknown): void {
    this.#failures = Math.min(6, this.#failures + 1);
    this.#parts.onTrouble?.(error);
    if (isConnectionError(error)) return;
    this.#queue.failAll(error);
    this.#failures = 0;
  }
}
