/** Who holds this may go on with the run, write in its name and end it. */
export interface FlowLease {
  readonly runId: string;
  readonly leaseToken: string;
}

/** A lease that is not renewed for this long is taken back. */
export const FLOW_LEASE_MS = 15_000;
