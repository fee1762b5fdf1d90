import type { LimitTimer } from "../limit-timer.ts";

export interface VirtualTime extends LimitTimer {
  /** Let time pass: whatever falls due runs at its moment, and so does what follows from it. */
  pass(ms: number): Promise<void>;
}

/** Time that moves only when a test says so. */
export function virtualTime(): VirtualTime {
  let now = 0;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();

  const next = (until: number) =>
    [...due.entries()].filter(([, it]) => it.at <= until).sort(([i, a], [j, b]) => a.at - b.at || i - j)[0];

  return {
    now: () => now,
    after(ms, call) {
      const id = order++;
      due.set(id, { at: now + ms, call });
      return () => void due.delete(id);
    },
    async pass(ms) {
      const until = now + ms;
      await settled();
      for (let entry = next(until); entry; entry = next(until)) {
        const [id, { at, call }] = entry;
        due.delete(id);
        now = Math.max(now, at);
        call();
        await settled();
      }
      now = until;
      await settled();
    },
  };
}

/** Everything that waits for nothing but its turn has had it. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
