import { parseAsString } from "nuqs";
import type { InputFor } from "../../client/index.ts";
import { resolveTime } from "../parts/filters/time-range.ts";

/** What the events list can be narrowed by, as it stands in the address. */
export const EVENT_FILTERS = {
  q: parseAsString.withDefault(""),
  plug: parseAsString,
  type: parseAsString,
  since: parseAsString,
  until: parseAsString,
  tenant: parseAsString,
};

export interface EventFilters {
  readonly q: string;
  readonly plug: string | null;
  readonly type: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly tenant: string | null;
}

/** The same as the API takes it. @param now for relative times. */
export function toEventQuery(filters: EventFilters, now: number): NonNullable<InputFor<"listEvents">["query"]> {
  return {
    q: filters.q || undefined,
    plug: filters.plug ?? undefined,
    type: filters.type ?? undefined,
    tenant: filters.tenant ?? undefined,
    since: filters.since ? resolveTime(filters.since, now) : undefined,
    until: filters.until ? resolveTime(filters.until, now) : undefined,
  };
}

/** How many filters hold; the tenant is the frame's. */
export const countEventFilters = (filters: EventFilters): number =>
  [filters.q, filters.plug, filters.type, filters.since, filters.until].filter(Boolean).length;
