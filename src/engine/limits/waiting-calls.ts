interface Waiting {
  readonly since: number;
  readonly go: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Calls that wait in this process, first come first served. One that is aborted leaves at once. */
export class WaitingCalls {
  readonly #queue: Waiting[] = [];

  get size(): number {
    return this.#queue.length;
  }

  /** When the first of them came; `null` when none waits. */
  get since(): number | null {
    return this.#queue[0]?.since ?? null;
  }

  /** @param onLeave told when the call gives up. @returns a promise that rejects with the signal's reason. */
  join<T>(now: number, signal: AbortSignal | undefined, value: () => T, onLeave: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal?.reason);
        onLeave();
      };
      const waiting: Waiting = {
        since: now,
        go: () => {
          signal?.removeEventListener("abort", leave);
          resolve(value());
        },
        fail: (reason) => {
          signal?.removeEventListener("abort", leave);
          reject(reason);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#queue.push(waiting);
    });
  }

  letGo(): void {
    this.#queue.shift()?.go();
  }

  failAll(reason: unknown): void {
    for (const waiting of this.#queue.splice(0)) waiting.fail(reason);
  }
}
