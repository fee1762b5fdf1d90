/** Time as limits see it, injected so that tests can move it. */
export interface LimitTimer {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Call back later. @returns how to take it back. */
  after(ms: number, call: () => void, options?: { readonly keepsAlive: boolean }): () => void;
}

export const systemTimer: LimitTimer = {
  now: () => performance.now(),
  after(ms, call, options) {
    const timer = setTimeout(call, ms);
    if (options?.keepsAlive !== true) timer.unref();
    return () => clearTimeout(timer);
  },
};
