import type { JobKind } from "../../contract/index.ts";

const ROOMS: Record<JobKind, string> = {
  "runs.retry": "/runs",
  "runs.cancel": "/runs",
  "events.replay": "/events",
  "deliveries.retry": "/events/dead",
  "secrets.reseal": "/settings/secrets",
};

/**
 * Where a job is shown: above the list whose rows it goes through.
 *
 * @example jobPath({ id: "job_…", kind: "events.replay" }) // "/events?job=job_…"
 */
export const jobPath = ({ id, kind }: { readonly id: string; readonly kind: JobKind }): string =>
  `${ROOMS[kind]}?job=${id}`;
