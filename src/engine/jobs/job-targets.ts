import { and, eq, inArray, isNull, ne, or, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import {
  deliveryFilter,
  eventFilter,
  type IdKind,
  type JobKind,
  type Principal,
  runFilter,
} from "../../contract/index.ts";
import { deliveries, events, runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { deliveriesWhere } from "../deliveries/list-deliveries.ts";
import { eventsWhere } from "../events/list-events.ts";
import { runsWhere } from "../runs/runs-where.ts";

/** Which rows a job is about, by the where-clauses of the lists. */
export interface JobTargets {
  readonly table: typeof events | typeof deliveries | typeof runs;
  readonly id: PgColumn;
  readonly idKind: IdKind;
  /** What a selection by ids may touch. */
  chosen(principal: Principal): SQL | undefined;
  /** What a filter, as it was sent, may touch. @throws KhotanError, ZodError */
  found(principal: Principal, filter: Readonly<Record<string, string>>): SQL | undefined;
}

const seenRuns = (principal: Principal) => and(seenBy(principal, runs.tenant), eq(runs.dryRun, false));
const liveRuns = () => inArray(runs.status, ["pending", "running"]);

/** Kinds whose rows are one list's; re-encryption goes through several tables. */
export type ListJobKind = Exclude<JobKind, "secrets.reseal">;

export const JOB_TARGETS: Readonly<Record<ListJobKind, JobTargets>> = {
  "events.replay": {
    table: events,
    id: events.id,
    idKind: "event",
    chosen: (principal) => seenBy(principal, events.tenant),
    found: (principal, filter) => eventsWhere(principal, eventFilter.parse(filter)),
  },
  "deliveries.retry": {
    table: deliveries,
    id: deliveries.id,
    idKind: "delivery",
    chosen: (principal) => seenBy(principal, deliveries.tenant),
    found(principal, filter) {
      const parsed = deliveryFilter.parse(filter);
      return and(
        seenBy(principal, deliveries.tenant),
        deliveriesWhere({ ...parsed, status: parsed.status ?? ["dead"] }),
        or(ne(deliveries.status, "dead"), isNull(deliveries.replayedAt)),
      );
    },
  },
  "runs.retry": {
    table: runs,
    id: runs.id,
    idKind: "run",
    chosen: seenRuns,
    found(principal, filter) {
      const parsed = runFilter.parse(filter);
      return and(runsWhere(principal, { ...parsed, status: parsed.status ?? ["failed"] }), eq(runs.dryRun, false));
    },
  },
  "runs.cancel": {
    table: runs,
    id: runs.id,
    idKind: "run",
    chosen: (principal) => and(seenRuns(principal), liveRuns()),
    found: (principal, filter) => and(runsWhere(principal, runFilter.parse(filter)), liveRuns()),
  },
};
