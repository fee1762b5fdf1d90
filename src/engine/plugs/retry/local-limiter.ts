import type { PlugLimiter } from "../plug-binding.ts";
import { type PlugClock, systemClock } from "../plug-clock.ts";
import type { RateLimit } from "../plug-options.ts";

interface Waiter {
  readonly go: (done: () => void) => void;
}

/**
 * Rate limit and concurrency within one process, first come first served. The hub brings one that counts across processes.
 *
 * Calls are spaced evenly after a burst (generic cell rate algorithm, ITU-T I.371): `#nextAt` is when the next call would
 * go if every call kept its distance, and it may run ahead of the clock by the burst.
 */
export class LocalLimiter implements PlugLimiter {
  readonly #clock: PlugClock;
  readonly #intervalMs: number;
  readonly #burstMs: number;
  readonly #concurrency: number;
  readonly #queue: Waiter[] = [];
  #nextAt = 0;
  #pausedUntil = 0;
  #running = 0;
  #wakeAt: number | null = null;

  constructor(limits: { readonly rateLimit: RateLimit | null; readonly concurrency: number | null }, clock: PlugClock) {
    const { rateLimit, concurrency } = limits;
    const perSecond = rateLimit?.perSecond ?? (rateLimit?.perMinute ?? Number.POSITIVE_INFINITY) / 60;
    const burst = rateLimit?.burst ?? Math.max(1, Math.floor(perSecond));
    this.#clock = clock;
    this.#intervalMs = 1000 / perSecond;
    this.#burstMs = this.#intervalMs === 0 ? 0 : (burst - 1) * this.#intervalMs;
    this.#concurrency = concurrency ?? Number.POSITIVE_INFINITY;
  }

  acquire(signal: AbortSignal | undefined): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const waiter: Waiter = {
        go: (done) => {
          signal?.removeEventListener("abort", giveUp);
          resolve(done);
        },
      };
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#queue.push(waiter);
      this.#serve();
    });
  }

  penalise(waitMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + waitMs);
  }

  #serve(): void {
    while (this.#queue.length > 0 && this.#running < this.#concurrency) {
      const now = this.#clock.now();
      const freeAt = Math.max(this.#nextAt - this.#burstMs, this.#pausedUntil);
      if (freeAt > now) {
        this.#wake(freeAt);
        return;
      }
      this.#nextAt = Math.max(this.#nextAt, now) + this.#intervalMs;
      this.#running++;
      this.#queue.shift()?.go(this.#done());
    }
  }

  #done(): () => void {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#running--;
      this.#serve();
    };
  }

  #wake(at: number): void {
    if (this.#wakeAt !== null && this.#wakeAt <= at) return;
    this.#wakeAt = at;
    void this.#clock.sleep(Math.ceil(at - this.#clock.now()), undefined).then(() => {
      if (this.#wakeAt === at) this.#wakeAt = null;
      this.#serve();
    });
  }
}

const KEY = Symbol.for("khotan.plugs.limiters");

/** The limiter of a plug and tenant in this process; `undefined` when the plug declares no limit. */
export function localLimiter(
  plug: { readonly name: string; readonly rateLimit: RateLimit | null; readonly concurrency: number | null },
  tenant: string,
  clock: PlugClock,
): PlugLimiter | undefined {
  if (plug.rateLimit === null && plug.concurrency === null) return undefined;
  if (clock !== systemClock) return new LocalLimiter(plug, clock); // another time cannot be shared
  // On globalThis, because Next evaluates this module twice in one process.
  const holder = globalThis as typeof globalThis & { [KEY]?: Map<string, PlugLimiter> };
  holder[KEY] ??= new Map();
  const key = JSON.stringify([plug.name, tenant, plug.rateLimit, plug.concurrency]);
  let limiter = holder[KEY].get(key);
  if (!limiter) {
    limiter = new LocalLimiter(plug, clock);
    holder[KEY].set(key, limiter);
  }
  return limiter;
}
