import { sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId } from "../../../contract/index.ts";
import { digestOf } from "../../caches/delta-skip.ts";
import type { Engine } from "../../context.ts";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import { type Skip, skip } from "../../handlers/outcome.ts";

/** What an event says of a record, in the words the sync sent it in. */
export interface EchoFacts {
  readonly key: string | number;
  /** The same fields as the sync's `fields` makes; all of the record when it has none. */
  readonly record: unknown;
}

export const DEFAULT_ECHO_TTL_MS = 3_600_000;
const TIDY = 1_000;

/** Of what is being made nobody knows the key yet: until the answer is there its content alone says whose it is. */
const UNNAMED = "";

export interface ExpectedEcho {
  readonly key: string;
  /** `null` when it is deleted. */
  readonly record: unknown;
}

/** The same for records that the other side is about to make. */
export const rememberNewEchoes = (tx: Transaction, to: EchoTarget, records: readonly unknown[]): Promise<void> =>
  rememberEchoes(
    tx,
    to,
    records.map((record) => ({ key: UNNAMED, record })),
  );

/** The other side has made them: from now on their echoes are known by key, and nobody else's are taken for them. */
export async function nameNewEchoes(tx: Transaction, to: EchoTarget, made: readonly ExpectedEcho[]): Promise<void> {
  if (made.length === 0) return;
  await rememberEchoes(tx, to, made);
  const hashes = JSON.stringify(made.map(({ record }) => digestOf(record)));
  await run(
    tx,
    sql`
      delete from khotan_sync_echoes where plug = ${to.plug} and tenant = ${to.tenant} and key = ${UNNAMED}
        and hash in (select jsonb_array_elements_text(${hashes}::text::jsonb))
    `,
  );
}

export interface EchoTarget {
  readonly plug: string;
  readonly tenant: string;
  readonly runId: string | null;
  readonly ttlMs: number;
}

/**
 * Remember what is about to be written to a plug. To be committed before it is sent: a webhook may be quicker than the
 * answer to the call that caused it.
 */
export async function rememberEchoes(tx: Transaction, to: EchoTarget, sent: readonly ExpectedEcho[]): Promise<void> {
  if (sent.length === 0) return;
  const input = JSON.stringify(sent.map(({ key, record }) => ({ key, hash: digestOf(record) })));
  await run(
    tx,
    sql`
      insert into khotan_sync_echoes (plug, tenant, key, hash, run_id, expires_at)
      select ${to.plug}, ${to.tenant}, key, hash, ${to.runId}::uuid, now() + ${to.ttlMs}::float8 * interval '1 millisecond'
      from (select distinct key, hash from jsonb_to_recordset(${input}::text::jsonb) as x(key text, hash text)) x
      on conflict (plug, tenant, key, hash) do update set run_id = excluded.run_id, expires_at = excluded.expires_at
    `,
  );
  await run(
    tx,
    sql`
      delete from khotan_sync_echoes where ctid = any(array(
        select ctid from khotan_sync_echoes where expires_at < now() order by expires_at limit ${TIDY} for update skip locked
      ))
    `,
  );
}

/**
 * Whether an event is the echo of something that a sync wrote there. It is not used up: a webhook may come twice.
 *
 * Anything else about the same record ends what was expected: after that, the same content is somebody's change back to it.
 */
export async function recogniseEcho(
  engine: Pick<Engine, "adapter">,
  event: { readonly id: string; readonly plug: string; readonly tenant: string },
  facts: EchoFacts,
): Promise<Skip | null> {
  const { db } = engine.adapter;
  const key = String(facts.key);
  const mine = sql`plug = ${event.plug} and tenant = ${event.tenant} and key = ${key}`;
  const expected = await rows(
    db,
    sql`
      select key, hash, run_id::text from khotan_sync_echoes
      where plug = ${event.plug} and tenant = ${event.tenant} and key in (${key}, ${UNNAMED}) and expires_at > now()
      order by key desc
    `,
    z.object({ key: z.string(), hash: z.string(), run_id: z.string().nullable() }),
  );
  if (expected.length === 0) return null;
  const hash = digestOf(facts.record);
  const found = expected.find((one) => one.hash === hash);
  if (!found) {
    if (expected.every((one) => one.key === UNNAMED)) return null;
    await run(db, sql`delete from khotan_sync_echoes where ${mine}`);
    return null;
  }
  // Everybody can see then where the event came from.
  await run(
    db,
    sql`
      update khotan_events set origin = 'sync', causation_id = coalesce(causation_id, ${found.run_id}::uuid)
      where id = ${event.id}::uuid and origin = 'webhook'
    `,
  );
  const by = found.run_id === null ? "a sync" : encodeId("run", found.run_id);
  return skip(`echo: ${by} wrote this itself`);
}
