import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run } from "../database/adapter.ts";
import { storableJson } from "../events/storable-json.ts";
import type { FlowCursor } from "./flow-context.ts";
import type { FlowTransactions } from "./flow-transactions.ts";

/** Which cursor. `variant` is empty when the flow has none, and for the one all variants share. */
export interface CursorKey {
  readonly flowId: string;
  readonly tenant: string;
  readonly variant: string;
  readonly name: string;
}

const MAX_BYTES = 64_000;
const storedRow = z.object({ value: z.string() });

/** The cursor of a flow, written in whatever transaction is open, else in one of its own. */
export function openFlowCursor(transactions: FlowTransactions, runId: string, key: CursorKey): FlowCursor {
  const { flowId, tenant, variant, name } = key;
  const mine = sql`flow_id = ${flowId}::uuid and tenant = ${tenant} and variant = ${variant} and name = ${name}`;
  const write = async (query: SQL) => {
    if (transactions.isOpen) await run(transactions.current, query);
    else await transactions.run((tx) => run(tx, query));
  };
  return {
    // Without a schema the type is the author's word for it.
    async get<T>(schema?: z.ZodType<T>) {
      const query = sql`select value::text from khotan_flow_cursors where ${mine}`;
      const [stored] = await rows(transactions.current, query, storedRow);
      if (!stored) return null;
      const value: unknown = JSON.parse(stored.value);
      return schema ? schema.parse(value) : (value as T);
    },
    async set(value) {
      const text = storableJson(value) ?? null;
      if (text === null) throw new TypeError("A cursor is JSON without NUL characters; to forget it, call clear().");
      if (text.length > MAX_BYTES) throw new TypeError(`A cursor has at most ${MAX_BYTES} characters of JSON.`);
      await write(sql`
        insert into khotan_flow_cursors (flow_id, tenant, variant, name, value, run_id)
        values (${flowId}::uuid, ${tenant}, ${variant}, ${name}, ${text}::text::jsonb, ${runId}::uuid)
        on conflict (flow_id, tenant, variant, name) do update set
          value = excluded.value, run_id = excluded.run_id, updated_at = now()
      `);
    },
    async clear() {
      await write(sql`delete from khotan_flow_cursors where ${mine}`);
    },
    named: (other) => openFlowCursor(transactions, runId, { ...key, name: other }),
    get shared() {
      return openFlowCursor(transactions, runId, { ...key, variant: "" });
    },
  };
}
