import { eq, type SQL, sql } from "drizzle-orm";
import { decodeId, type Principal, type RollupSubject } from "../../contract/index.ts";
import { rollups } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";

/** Whose figures, of which time. */
export interface FiguresQuery {
  readonly subject: RollupSubject;
  readonly key?: string | undefined;
  readonly tenant?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const HOUR_MS = 3_600_000;

/** The time asked for, in milliseconds; the last hour unless said otherwise. @throws KhotanError `validation_failed` */
export function timeOf(query: Pick<FiguresQuery, "since" | "until">, now: number): { since: number; until: number } {
  const until = query.until === undefined ? now : Date.parse(query.until);
  const since = query.since === undefined ? until - HOUR_MS : Date.parse(query.since);
  if (since >= until) {
    throw new KhotanError("validation_failed", "`since` is not before `until`.", {
      issues: [{ path: "since", message: "Must be before `until`." }],
    });
  }
  return { since, until };
}

/**
 * Minutes and hours of one subject as one table `figures`, each time once: what
 * is folded is read by the hour if the step allows it, the rest by the minute.
 *
 * @param foldedTo read hours before this time, in milliseconds; `null` reads minutes only.
 */
export function figuresOf(
  principal: Principal,
  query: FiguresQuery,
  time: { readonly since: number; readonly until: number },
  foldedTo: number | null,
): SQL {
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;
  const from = (table: SQL, begin: number, end: number) => sql`
    select * from ${table} as khotan_rollups where subject = ${query.subject} and minute >= ${at(begin)} and minute < ${at(end)}
      and ${query.key === undefined ? sql`true` : sql`key = ${keyOf(query.subject, query.key)}`}
      and ${query.tenant === undefined ? sql`true` : eq(rollups.tenant, query.tenant)}
      and ${seenBy(principal, rollups.tenant) ?? sql`true`}
  `;
  const border = Math.min(time.until, Math.max(time.since, foldedTo ?? time.since));
  const minutes = from(sql`khotan_rollups`, border, time.until);
  return border === time.since
    ? minutes
    : sql`${from(sql`khotan_rollup_hours`, time.since, border)} union all ${minutes}`;
}

/** The key as it is stored: ids of people are ids of the database there. */
function keyOf(subject: RollupSubject, key: string): string {
  if (subject !== "handler" && subject !== "flow") return key;
  const uuid = decodeId(subject, key);
  if (uuid) return uuid;
  throw new KhotanError("validation_failed", `"${key}" is no id of a ${subject}.`, {
    issues: [{ path: "key", message: `Give the ${subject}'s id.` }],
  });
}
