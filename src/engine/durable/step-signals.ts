/** The abort signals of the steps this process is executing, by run. */
export interface StepSignals {
  /** A signal that is aborted when the run is cancelled. */
  open(runId: string): AbortSignal;
  cancel(runId: string): void;
  /** The runs that signals are held of; some of their steps may have ended. */
  runs(): string[];
}

/**
 * Nobody tells us when a step ends, so signals are held weakly: what a step has
 * dropped is forgotten.
 */
export function createStepSignals(): StepSignals {
  const byRun = new Map<string, Set<WeakRef<AbortSignal>>>();
  // A signal does not hold its controller, and a step may keep nothing but the signal.
  const controllers = new WeakMap<AbortSignal, AbortController>();
  const forgotten = new FinalizationRegistry<{ runId: string; ref: WeakRef<AbortSignal> }>(({ runId, ref }) => {
    const refs = byRun.get(runId);
    refs?.delete(ref);
    if (refs?.size === 0) byRun.delete(runId);
  });

  return {
    open(runId) {
      const controller = new AbortController();
      const { signal } = controller;
      const ref = new WeakRef(signal);
      controllers.set(signal, controller);
      forgotten.register(signal, { runId, ref });
      byRun.set(runId, (byRun.get(runId) ?? new Set()).add(ref));
      return signal;
    },
    cancel(runId) {
      for (const ref of byRun.get(runId) ?? []) {
        const signal = ref.deref();
        if (!signal) continue;
        const reason = Object.assign(new Error("The run was stopped: cancelled."), { code: "run_cancelled" });
        controllers.get(signal)?.abort(reason);
      }
      byRun.delete(runId);
    },
    runs: () => [...byRun].filter(([, refs]) => [...refs].some((ref) => ref.deref())).map(([runId]) => runId),
  };
}
