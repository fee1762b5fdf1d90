import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, newUuid } from "../../../contract/ids.ts";
import type { ApiKeyRecord, CreateApiKey } from "../../../contract/records/people.ts";
import type { Principal } from "../../../contract/roles.ts";
import { rows, type Transaction } from "../../../engine/database/adapter.ts";
import { KhotanError } from "../../../engine/errors.ts";
import type { PeoplePage, PeopleQuery } from "../../../engine/people/people.ts";
import { authApiKey } from "../auth-tables.ts";
import { rightsOfKey } from "./key-rights.ts";
import { decodeAfter, encodeAfter } from "./list-cursor.ts";

const DAY_MS = 86_400_000;
const PREFIX = "kht_";
/** Of the key, for people to tell keys apart: the prefix and 36 of 256 bits. */
const SHOWN = PREFIX.length + 6;

/** All that is kept of a key. It is random, so that one round of SHA-256 is as good as a slow hash. */
export const hashKey = (key: string): string => createHash("sha256").update(key).digest("base64url");

const instant = z.coerce.number().transform((ms) => new Date(ms).toISOString());
const rowSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  start: z.string().nullable(),
  metadata: z.string().nullable(),
  owner_id: z.string().nullable(),
  owner: z
    .object({
      name: z.string(),
      email: z.string(),
      role: z.string(),
      tenants: z.array(z.string()),
      disabled: z.boolean(),
    })
    .nullable(),
  expires: instant.nullable(),
  expired: z.boolean(),
  last_used: instant.nullable(),
  created: instant,
  created_text: z.string(),
});

const select = (where: ReturnType<typeof sql>, limit: number) => sql`
  select k.id, k.name, k.start, k.metadata, k.reference_id as owner_id,
    case when u.id is not null then json_build_object('name', u.name, 'email', u.email, 'role', u.role,
      'tenants', to_json(u.tenants), 'disabled', u.disabled_at is not null) end as owner,
    extract(epoch from k.expires_at) * 1000 as expires, coalesce(k.expires_at <= now(), false) as expired,
    extract(epoch from k.last_request) * 1000 as last_used, extract(epoch from k.created_at) * 1000 as created,
    k.created_at::text as created_text
  from auth_apikey k left join auth_user u on u.id = k.reference_id
  where ${where} order by k.created_at desc, k.id desc limit ${limit}
`;

export const listKeys = async (tx: Transaction, { after, limit }: PeopleQuery): Promise<PeoplePage<ApiKeyRecord>> => {
  const [at, id] = after === null ? [] : decodeAfter(after, 2);
  const where = at === undefined ? sql`true` : sql`(k.created_at, k.id) < (${readTime(at)}::timestamptz, ${id})`;
  const found = await rows(tx, select(where, limit + 1), rowSchema);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last ? encodeAfter(last.created_text, last.id) : null;
  return { items: shown.map(toRecord), next };
};

/** As Postgres writes it, to the microsecond. @throws KhotanError `invalid_cursor` */
const readTime = (text: string): string => {
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)*$/.test(text)) return text;
  throw new KhotanError("invalid_cursor", "This is not a cursor of this list.");
};

/** Belongs to whoever makes it; one made by a key to that key's owner; one made by the bootstrap key to the hub. */
export const createKey = async (tx: Transaction, input: CreateApiKey, actor: Principal) => {
  const id = encodeId("apiKey", newUuid());
  const secret = PREFIX + randomBytes(32).toString("base64url");
  const { name, role, tenants, expiresInDays } = input;
  await tx.insert(authApiKey).values({
    id,
    name,
    prefix: PREFIX,
    start: secret.slice(0, SHOWN),
    key: hashKey(secret),
    referenceId: await ownerFor(tx, actor),
    rateLimitEnabled: false,
    expiresAt: expiresInDays === null ? null : new Date(Date.now() + expiresInDays * DAY_MS),
    metadata: JSON.stringify({ role, tenants: tenants === "*" ? ["*"] : tenants }),
  });
  return { key: await requireKey(tx, id), secret };
};

const ownerFor = async (tx: Transaction, actor: Principal): Promise<string | null> => {
  const [, kind, id = ""] = /^(user|key):(.+)$/.exec(actor.id) ?? [];
  if (kind === "user") return id;
  if (kind !== "key") return null;
  const [made] = await tx.select({ owner: authApiKey.referenceId }).from(authApiKey).where(eq(authApiKey.id, id));
  return made?.owner ?? null;
};

/** @throws KhotanError `not_found` */
export const deleteKey = async (tx: Transaction, id: string) => {
  const { name } = await requireKey(tx, id);
  await tx.delete(authApiKey).where(eq(authApiKey.id, id));
  return { id, name };
};

const requireKey = async (tx: Transaction, id: string): Promise<ApiKeyRecord> => {
  const [row] = await rows(tx, select(sql`k.id = ${id}`, 1), rowSchema);
  if (row) return toRecord(row);
  throw new KhotanError("not_found", `There is no API key "${id}".`, { hint: "List them: GET /api-keys" });
};

const toRecord = (row: z.infer<typeof rowSchema>): ApiKeyRecord => {
  const { owner } = row;
  const rights = rightsOfKey(owner ? { role: owner.role, tenants: owner.tenants } : null, row.metadata);
  return {
    id: row.id,
    name: row.name ?? "",
    start: row.start ?? PREFIX,
    role: rights?.role ?? "viewer",
    tenants: rights === undefined ? [] : rights.tenants === "*" ? "*" : [...rights.tenants],
    owner:
      owner && row.owner_id
        ? { id: row.owner_id, name: owner.name, email: owner.email, disabled: owner.disabled }
        : null,
    expiresAt: row.expires,
    expired: row.expired,
    lastUsedAt: row.last_used,
    createdAt: row.created,
  };
};
