/** Why a run is told to stop. */
export type StopReason = "cancelled" | "timeout" | "lease_lost" | "shutdown";

/** One run this process is executing. */
export interface LiveRun {
  readonly runId: string;
  /** `null` for a flow's run, which holds its lease itself. */
  readonly deliveryId: string | null;
  readonly leaseToken: string;
  stop(reason: StopReason): void;
}

/** The runs this process is executing: what it prolongs leases for, and what it can cancel. */
export interface LiveRuns {
  add(run: LiveRun): () => void;
  find(runId: string): LiveRun | undefined;
  all(): readonly LiveRun[];
}

export function createLiveRuns(): LiveRuns {
  const runs = new Map<string, LiveRun>();
  return {
    add(run) {
      runs.set(run.leaseToken, run);
      return () => void runs.delete(run.leaseToken);
    },
    find: (runId) => [...runs.values()].find((run) => run.runId === runId),
    all: () => [...runs.values()],
  };
}
