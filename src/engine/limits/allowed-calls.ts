import type { RateRules } from "./limit-rules.ts";

interface Lot {
  calls: number;
  readonly until: number;
}

const MOST_SPARE = 1_000;
const LONGEST_USE_MS = 10_000;

/** Calls that the bank has allowed and that have not begun yet, and how many to ask for in advance. Times by one steady clock. */
export class AllowedCalls {
  readonly #shortestUseMs: number;
  #lots: Lot[] = [];
  /** Calls that came lately, older ones counting less and less. */
  #came = 0;
  #cameAt = 0;
  #usableMs: number;

  constructor(rate: RateRules | null) {
    // Short against the window, since it is lost to it; long against a statement.
    this.#shortestUseMs = rate ? Math.min(1_000, Math.max(50, rate.windowMs / 20)) : 1_000;
    this.#usableMs = this.#shortestUseMs;
  }

  /** What is asked for now has to begin within this time. Longer when the database is slow, since what comes later is void. */
  get usableMs(): number {
    return this.#usableMs;
  }

  get isEmpty(): boolean {
    return this.#lots.length === 0;
  }

  /** A call came. */
  count(now: number): void {
    this.#came = this.#came * Math.exp((this.#cameAt - now) / this.#usableMs) + 1;
    this.#cameAt = now;
  }

  /** As many as came in so much time before. A lone call needs none in advance. */
  get spare(): number {
    return Math.max(0, Math.min(MOST_SPARE, Math.floor(this.#came) - 1));
  }

  /** Let one call begin, if one may. */
  take(now: number): boolean {
    this.#lots = this.#lots.filter((lot) => lot.calls > 0 && lot.until > now);
    const [lot] = this.#lots;
    if (!lot) return false;
    lot.calls--;
    return true;
  }

  /** @returns `false` when the answer came too late: its calls would begin later than was reckoned with, so they are void. */
  add(calls: number, asked: { readonly at: number; readonly usableMs: number }, now: number): boolean {
    const tookMs = now - asked.at;
    if (tookMs >= asked.usableMs) {
      this.#usableMs = Math.min(LONGEST_USE_MS, asked.usableMs * 2);
      return calls === 0;
    }
    // Back slowly: a database that was slow once is slow again, and every void answer costs a part of the limit.
    if (tookMs < asked.usableMs / 4) this.#usableMs = Math.max(this.#shortestUseMs, asked.usableMs * 0.9);
    if (calls > 0) this.#lots.push({ calls, until: asked.at + asked.usableMs });
    return true;
  }

  drop(): void {
    this.#lots = [];
  }
}
