/** A call of a step that failed, as the run remembers it. */
export interface StepTrouble {
  /** The Workflow run it happened in: what an earlier attempt met does not concern the next one. */
  readonly workflowRunId: string;
  /** The plug that was called. */
  readonly plug: string;
  readonly message: string;
  /** `null` when no answer came. */
  readonly status: number | null;
  /** When the other side wants to be asked again, in epoch milliseconds. */
  readonly retryAt: number | null;
  /** What it says of the destination: it is down, it is alive, or nothing. */
  readonly verdict: "failed" | "ok" | null;
}
