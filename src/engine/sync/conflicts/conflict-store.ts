import { sql } from "drizzle-orm";
import { z } from "zod";
import { type ConflictField, type ConflictPolicy, type ConflictSide, newUuid } from "../../../contract/index.ts";
import { digestOf } from "../../caches/delta-skip.ts";
import { announce } from "../../changes/announce.ts";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import type { StateScope } from "../sync-states.ts";
import type { Fields } from "../two-way/decide.ts";

export interface NewConflict {
  readonly key: string;
  readonly fields: readonly ConflictField[];
  readonly base: Fields | null;
  readonly source: Fields | null;
  readonly platform: Fields | null;
  readonly sourceAt: string | null;
  readonly platformAt: string | null;
  readonly policy: ConflictPolicy;
  readonly outcome: ConflictSide;
  readonly value: Fields | null;
}

/** Whose conflicts. */
export interface ConflictScope extends StateScope {
  readonly plug: string;
  readonly flow: string;
  readonly runId: string | null;
}

/** List what was decided, in the transaction that does it. The same conflict, met again after a crash, is one. */
export async function listConflictsOf(
  tx: Transaction,
  scope: ConflictScope,
  found: readonly NewConflict[],
): Promise<void> {
  if (found.length === 0) return;
  const input = JSON.stringify(
    found.map((one) => ({
      id: newUuid(),
      key: one.key,
      fields: one.fields,
      base: one.base,
      source: one.source,
      platform: one.platform,
      source_at: one.sourceAt,
      platform_at: one.platformAt,
      policy: one.policy,
      outcome: one.outcome,
      value: one.value,
      digest: digestOf([one.base, one.source, one.platform]),
    })),
  );
  await run(
    tx,
    sql`
      insert into khotan_sync_conflicts (
        id, flow_id, plug, flow, tenant, scope, key, fields, base, source, platform, source_updated_at, platform_updated_at,
        policy, outcome, value, digest, run_id
      )
      select id, ${scope.flowId}::uuid, ${scope.plug}, ${scope.flow}, ${scope.tenant}, ${scope.scope}, key, fields, base, source,
        platform, source_at, platform_at, policy, outcome, value, digest, ${scope.runId}::uuid
      from jsonb_to_recordset(${input}::text::jsonb) as x(
        id uuid, key text, fields jsonb, base jsonb, source jsonb, platform jsonb, source_at timestamptz,
        platform_at timestamptz, policy text, outcome text, value jsonb, digest text
      )
      on conflict on constraint khotan_sync_conflicts_identity do nothing
    `,
  );
  await announce(tx, "flows", scope.flowId);
}

const chosenRow = z.object({
  id: z.string(),
  key: z.string(),
  value: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
});

/** What people chose and nobody has written yet; the choice made last counts. Locked. */
export async function chosenValues(tx: Transaction, scope: StateScope, limit: number) {
  return await rows(
    tx,
    sql`
      select id::text, key, value::text from khotan_sync_conflicts
      where flow_id = ${scope.flowId}::uuid and tenant = ${scope.tenant} and scope = ${scope.scope}
        and status = 'resolving' and value is not null
      order by resolved_at limit ${limit} for update
    `,
    chosenRow,
  );
}

export async function markApplied(tx: Transaction, ids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update khotan_sync_conflicts set status = 'resolved', applied_at = now()
      where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
    `,
  );
}
