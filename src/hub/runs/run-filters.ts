import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs";
import type { InputFor } from "../../client/index.ts";
import type { RunKind, RunSource, RunStatus } from "../../contract/index.ts";
import { RUN_KINDS, RUN_SOURCES, RUN_STATUSES } from "../../contract/statuses.ts";
import { resolveTime } from "../parts/filters/time-range.ts";

/** What the runs can be narrowed by, as it stands in the address. */
export const RUN_FILTERS = {
  q: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(RUN_STATUSES)).withDefault([]),
  kind: parseAsArrayOf(parseAsStringLiteral(RUN_KINDS)).withDefault([]),
  source: parseAsArrayOf(parseAsStringLiteral(RUN_SOURCES)).withDefault([]),
  plug: parseAsString,
  handler: parseAsString,
  flow: parseAsString,
  variant: parseAsString,
  since: parseAsString,
  until: parseAsString,
  tenant: parseAsString,
};

export interface RunFilters {
  readonly q: string;
  readonly status: RunStatus[];
  readonly kind: RunKind[];
  readonly source: RunSource[];
  readonly plug: string | null;
  readonly handler: string | null;
  readonly flow: string | null;
  readonly variant: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly tenant: string | null;
}

const several = (values: readonly string[]) => (values.length > 0 ? values.join(",") : undefined);

/** The same as the API takes it. @param now for relative times. */
export function toRunQuery(filters: RunFilters, now: number): NonNullable<InputFor<"listRuns">["query"]> {
  return {
    q: filters.q || undefined,
    status: several(filters.status),
    kind: several(filters.kind),
    source: several(filters.source),
    plug: filters.plug ?? undefined,
    handler: filters.handler ?? undefined,
    flow: filters.flow ?? undefined,
    variant: filters.variant ?? undefined,
    tenant: filters.tenant ?? undefined,
    since: filters.since ? resolveTime(filters.since, now) : undefined,
    until: filters.until ? resolveTime(filters.until, now) : undefined,
  };
}

/** How many filters hold; the tenant is the frame's. */
export const countRunFilters = (filters: RunFilters): number =>
  [
    filters.q,
    filters.status.length,
    filters.kind.length,
    filters.source.length,
    filters.plug,
    filters.handler,
    filters.flow,
    filters.variant,
    filters.since,
    filters.until,
  ].filter(Boolean).length;
