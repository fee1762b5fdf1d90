import { sql } from "drizzle-orm";
import { z } from "zod";
import { decodeId, FLOW_KINDS, HANDLER_KINDS, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import type { RunFilter } from "./runs-where.ts";

/** More are not looked through: lists walk the runs themselves then. A jump in the index takes some microseconds. */
const GROUPS = 5_000;

const groupRow = z.object({
  /** 64 bits, more than a number holds. */
  key: z.coerce.string(),
  kind: z.string(),
  source: z.string(),
  plug: z.string(),
  tenant: z.string(),
  name: z.string(),
  variant: z.string().nullable(),
  handler: z.string().nullable(),
  flow: z.string().nullable(),
});
/** Runs that are alike in all that people filter by, but for status and time. */
export type RunGroup = z.infer<typeof groupRow>;

/**
 * Every group that has a run: one jump in the index of groups for each, however many runs there are.
 *
 * @returns `null` when there are more than 5,000.
 */
export async function readRunGroups(engine: Pick<Engine, "adapter">): Promise<RunGroup[] | null> {
  const columns = sql`group_key, kind, source, plug, tenant, name, variant, handler_id, flow_id`;
  const found = await rows(
    engine.adapter.db,
    sql`
      with recursive groups as (
        (select ${columns} from khotan_runs order by group_key limit 1)
        union all
        select next.* from groups g cross join lateral (
          select ${columns} from khotan_runs r where r.group_key > g.group_key order by r.group_key limit 1
        ) next
      )
      select group_key::text as key, kind, source, plug, tenant, name, variant, handler_id::text as handler, flow_id::text as flow
      from groups limit ${GROUPS + 1}
    `,
    groupRow,
  );
  return found.length > GROUPS ? null : found;
}

/** Does the filter say anything that groups differ in? */
export const asksForGroups = (principal: Principal, filter: RunFilter): boolean =>
  principal.tenants !== "*" ||
  [filter.kind, filter.source, filter.plug, filter.tenant, filter.handler, filter.flow, filter.variant].some(
    (value) => value !== undefined && value.length > 0,
  );

/** The groups whose runs meet the filter, whatever their status and time. */
export function groupsWithin(groups: readonly RunGroup[], principal: Principal, filter: RunFilter): RunGroup[] {
  const among = <T extends string>(wanted: readonly T[] | undefined, value: string) =>
    !wanted?.length || wanted.some((one) => one === value);
  const is = (wanted: string | undefined, value: string | null) => !wanted || wanted === value;
  const handler = filter.handler ? named("handler", filter.handler, HANDLER_KINDS) : null;
  const flow = filter.flow ? named("flow", filter.flow, FLOW_KINDS) : null;
  return groups.filter(
    (group) =>
      (principal.tenants === "*" || principal.tenants.includes(group.tenant)) &&
      among(filter.kind, group.kind) &&
      among(filter.source, group.source) &&
      is(filter.plug, group.plug) &&
      is(filter.tenant, group.tenant) &&
      is(filter.variant, group.variant) &&
      (!handler || handler(group)) &&
      (!flow || flow(group)),
  );
}

/** By id, or by name among the kinds that may bear it. */
function named(field: "handler" | "flow", text: string, kinds: readonly string[]): (group: RunGroup) => boolean {
  const id = decodeId(field, text);
  return id ? (group) => group[field] === id : (group) => group.name === text && kinds.includes(group.kind);
}
