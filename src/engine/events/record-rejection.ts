import { sql } from "drizzle-orm";
import { newUuid, type RejectionReason } from "../../contract/index.ts";
import { type Adapter, run } from "../database/adapter.ts";
import { naturalBatch } from "../database/natural-batch.ts";

export interface NewRejection {
  readonly plug: string;
  readonly tenant: string;
  readonly receivedAt: Date;
  readonly reason: RejectionReason;
  readonly message: string;
  readonly scheme: string;
  readonly size: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyExcerpt: Uint8Array;
}

/** How much of a refused body is kept, in bytes. */
export const EXCERPT_BYTES = 2_048;
/** Rejections kept per plug. */
export const KEPT_PER_PLUG = 1_000;

/**
 * Keep why a webhook was refused, bounded: within a minute the same reason is
 * one row with a count, so that a flood writes a handful of rows a minute.
 */
export function createRejectionRecorder(adapter: Adapter): (rejection: NewRejection) => Promise<void> {
  const record = naturalBatch<NewRejection, undefined>({
    maxItems: 1_000,
    maxWaiting: 2_000,
    run: async (items) => {
      await upsertRejections(adapter, items);
      return items.map(() => undefined);
    },
  });
  return async (rejection) => {
    await record(rejection);
  };
}

async function upsertRejections(adapter: Adapter, items: readonly NewRejection[]): Promise<void> {
  const groups = new Map<string, { first: NewRejection; count: number }>();
  for (const item of items) {
    const key = JSON.stringify([item.plug, item.tenant, item.reason, minuteOf(item.receivedAt)]);
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { first: item, count: 1 });
  }
  const input = [...groups.values()].map(({ first, count }) => ({
    id: newUuid(),
    plug: first.plug,
    tenant: first.tenant,
    received_at: first.receivedAt.toISOString(),
    minute: minuteOf(first.receivedAt),
    reason: first.reason,
    message: first.message,
    scheme: first.scheme,
    size: first.size,
    headers: first.headers,
    excerpt: Buffer.from(first.bodyExcerpt.subarray(0, EXCERPT_BYTES)).toString("base64"),
    count,
  }));
  await run(
    adapter.db,
    sql`
      insert into khotan_rejections (id, plug, tenant, received_at, minute, reason, message, scheme, size, headers, body_excerpt, count)
      select id, plug, tenant, received_at, minute, reason, message, scheme, size, headers, decode(excerpt, 'base64'), count
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as x(
        id uuid, plug text, tenant text, received_at timestamptz, minute timestamptz, reason text, message text,
        scheme text, size integer, headers jsonb, excerpt text, count integer
      )
      on conflict (plug, tenant, reason, minute) do update set
        count = khotan_rejections.count + excluded.count,
        message = excluded.message,
        received_at = excluded.received_at
    `,
  );
}

const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16)}:00.000Z`;

/** Remove the oldest beyond the limit per plug. */
export async function pruneRejections(adapter: Adapter, keep: number = KEPT_PER_PLUG): Promise<void> {
  await run(
    adapter.db,
    sql`
      delete from khotan_rejections where id in (
        select id from (
          select id, row_number() over (partition by plug order by id desc) as place from khotan_rejections
        ) placed where place > ${keep} limit 5000
      )
    `,
  );
}
