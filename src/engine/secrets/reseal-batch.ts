import { sql } from "drizzle-orm";
import { z } from "zod";
import { sealedChannelIdentity } from "../alerts/channel-config.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import { type Batch, countReasons } from "../jobs/batch.ts";
import { type Envelope, envelopeSchema, type SecretBox } from "../security/secret-box.ts";
import { varsIdentity } from "../vars/sealed-vars.ts";

const rowSchema = z.object({ id: z.string(), plug: z.string(), tenant: z.string(), envelope: z.unknown() });
const channelSchema = rowSchema.omit({ plug: true, tenant: true });

interface Sealed {
  readonly id: string;
  readonly identity: string;
  readonly envelope: unknown;
}

/**
 * Seal these records anew with the current key. Their rows are locked, so a token that is being stored is waited for and
 * not lost; what cannot be opened stays as it is, and is counted by its reason.
 */
export const resealBatch: Batch = async (engine, tx, _, ids) => {
  const box = engine.secrets();
  const listed = sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;
  const vars = async (table: "connection" | "wire"): Promise<Sealed[]> => {
    const name = sql.identifier(`khotan_${table}s`);
    const found = await rows(
      tx,
      sql`select id::text, plug, tenant, envelope::text as envelope from ${name} where id in ${listed} and envelope is not null order by id for update`,
      rowSchema,
    );
    return found.map((row) => ({ ...row, identity: varsIdentity(table, row.plug, row.tenant) }));
  };
  const channels = async (): Promise<Sealed[]> => {
    const found = await rows(
      tx,
      sql`select id::text, envelope::text as envelope from khotan_alert_channels where id in ${listed} order by id for update`,
      channelSchema,
    );
    return found.map((row) => ({ ...row, identity: sealedChannelIdentity(row.id) }));
  };
  const reasons: string[] = [];
  const connections = sealAnew(box, await vars("connection"), reasons);
  const wires = sealAnew(box, await vars("wire"), reasons);
  const targets = sealAnew(box, await channels(), reasons);
  const withKey = sql`, key_id = ${box.keyId}, version = t.version + 1`;
  await store(tx, sql`khotan_connections`, connections, withKey);
  await store(tx, sql`khotan_wires`, wires, withKey);
  await store(tx, sql`khotan_alert_channels`, targets, sql``);
  const changed = connections.length + wires.length + targets.length;
  return { changed, reasons: countReasons(reasons), touched: [] };
};

interface Resealed {
  readonly id: string;
  readonly envelope: Envelope;
}

/** Notes why something could not be opened. */
function sealAnew(box: SecretBox, found: readonly Sealed[], reasons: string[]): Resealed[] {
  return found.flatMap(({ id, identity, envelope: stored }) => {
    try {
      const envelope = envelopeSchema.parse(JSON.parse(z.string().parse(stored)));
      // Somebody wrote it anew since the ids were read.
      if (envelope.keyId === box.keyId) return [];
      return [{ id, envelope: box.seal(box.open(envelope, identity), identity) }];
    } catch (error) {
      reasons.push(error instanceof KhotanError ? error.code : "secret_tampered");
      return [];
    }
  });
}

async function store(
  tx: Transaction,
  table: ReturnType<typeof sql>,
  sealed: readonly Resealed[],
  more: ReturnType<typeof sql>,
): Promise<void> {
  if (sealed.length === 0) return;
  await run(
    tx,
    sql`
      update ${table} t set envelope = r.envelope ${more}
      from jsonb_to_recordset(${JSON.stringify(sealed)}::text::jsonb) as r(id uuid, envelope jsonb) where t.id = r.id
    `,
  );
}
