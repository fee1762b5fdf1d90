import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { UserRecord } from "../../../contract/records/people.ts";
import { type Principal, ROLES } from "../../../contract/roles.ts";
import { rows, type Transaction } from "../../../engine/database/adapter.ts";
import { KhotanError } from "../../../engine/errors.ts";
import type { PeoplePage, PeopleQuery } from "../../../engine/people/people.ts";
import { decodeAfter, encodeAfter } from "./list-cursor.ts";

const instant = z.coerce.number().transform((ms) => new Date(ms).toISOString());
const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  tenants: z.array(z.string()),
  disabled: z.boolean(),
  has_password: z.boolean(),
  sessions: z.coerce.number(),
  keys: z.coerce.number(),
  last_seen: instant.nullable(),
  link_expires: instant.nullable(),
  created: instant,
});

const select = (where: SQL, limit: number) => sql`
  select u.id, u.name, u.email, u.role, to_json(u.tenants) as tenants, u.disabled_at is not null as disabled,
    exists (select from auth_account a where a.user_id = u.id and a.password is not null) as has_password,
    s.live as sessions, extract(epoch from s.last_seen) * 1000 as last_seen,
    (select count(*) from auth_apikey k where k.reference_id = u.id) as keys,
    (select extract(epoch from expires_at) * 1000 from auth_link l where l.user_id = u.id and l.expires_at > now()) as link_expires,
    extract(epoch from u.created_at) * 1000 as created
  from auth_user u
  cross join lateral (
    select count(*) filter (where expires_at > now()) as live, max(updated_at) as last_seen
    from auth_session where user_id = u.id
  ) s
  where ${where} order by u.email limit ${limit}
`;

/** By e-mail address, which is unique. */
export const listUsers = async (
  tx: Transaction,
  { after, limit }: PeopleQuery,
  actor: Principal,
): Promise<PeoplePage<UserRecord>> => {
  const where = after === null ? sql`true` : sql`u.email > ${decodeAfter(after, 1)[0]}`;
  const found = await rows(tx, select(where, limit + 1), rowSchema);
  const items = found.slice(0, limit).map((row) => toRecord(row, actor));
  const last = items.at(-1);
  return { items, next: found.length > limit && last ? encodeAfter(last.email) : null };
};

/** @throws KhotanError `not_found` */
export const requireUser = async (tx: Transaction, id: string, actor: Principal): Promise<UserRecord> => {
  const [row] = await rows(tx, select(sql`u.id = ${id}`, 1), rowSchema);
  if (row) return toRecord(row, actor);
  throw new KhotanError("not_found", `There is no user "${id}".`, { hint: "List them: GET /users" });
};

const toRecord = (row: z.infer<typeof rowSchema>, actor: Principal): UserRecord => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  tenants: row.tenants.includes("*") ? "*" : row.tenants,
  status: row.disabled ? "disabled" : row.has_password ? "active" : "invited",
  self: actor.id === `user:${row.id}`,
  sessions: row.sessions,
  lastSeenAt: row.last_seen,
  keys: row.keys,
  linkExpiresAt: row.link_expires,
  createdAt: row.created,
});
