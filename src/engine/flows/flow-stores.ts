import type { PgTable } from "drizzle-orm/pg-core";
import {
  type BulkCounts,
  type BulkRecord,
  type BulkRecords,
  type BulkUpsertOptions,
  bulkUpsert,
} from "../bulk/index.ts";
import { createCaches } from "../caches/caches.ts";
import type { Engine } from "../context.ts";
import type { Adapter, Database } from "../database/adapter.ts";
import { mappingProblems, noteFieldMapping, openMap } from "../field-mappings/open-map.ts";
import type { RunLog } from "../handlers/context.ts";
import { createMappings } from "../resources/mappings.ts";
import type { Flow } from "./flow.ts";
import type { FlowStores } from "./flow-context.ts";
import type { FlowTransactions } from "./flow-transactions.ts";

export interface FlowStoresTools {
  readonly runId: string;
  readonly flow: Pick<Flow, "name" | "kind">;
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly log: RunLog;
}

/**
 * Caches, mappings and bulk writes of one run. They are the same as everywhere,
 * except that within `ctx.transaction` they are part of it without being told.
 */
export function openFlowStores(
  engine: Engine,
  transactions: FlowTransactions,
  { runId, flow, tenant, signal, log }: FlowStoresTools,
): FlowStores {
  const adapter: Adapter = { ...engine.adapter, db: ambient(engine.adapter.db, transactions) };
  const { publisher, clock } = engine;
  const caches = createCaches({ adapter, publisher, clock }, [...engine.caches.all.values()]);
  const mappings = createMappings({ adapter, publisher }, [...engine.mappings.resources.values()]);
  const tell = mappingProblems((message) => log.warn(message));
  return {
    map: openMap(engine.fieldMappings, {
      tenant,
      direction: flow.kind === "outflow" ? "out" : "in",
      // Beside the transaction that may be open: it stays also when that is undone.
      note: (used) => noteFieldMapping(engine.adapter.db, runId, used),
      onFailed(failed, mapping) {
        tell(failed, mapping);
        if (transactions.isOpen || transactions.keepsOutside) transactions.count({ failed: failed.length });
      },
    }),
    cache: (cache) => caches.open(cache, tenant),
    mapping: (resource) => mappings.open(resource, { tenant, actor: `flow ${flow.name}` }),
    async upsert<T extends PgTable>(
      table: T,
      records: BulkRecords<BulkRecord<T>>,
      options: BulkUpsertOptions<T>,
    ): Promise<BulkCounts> {
      const write = async () => {
        const db: Pick<Database, "transaction"> = { transaction: (work) => transactions.run(work) };
        const done = await bulkUpsert(db, table, records, { signal, ...options });
        const { created, updated, unchanged, duplicates } = done;
        transactions.count({ created, updated, skipped: unchanged + duplicates });
        return done;
      };
      // An array is one transaction, its figures included; of a stream each page commits by itself.
      return await (Array.isArray(records) || !transactions.keepsOutside ? transactions.run(write) : write());
    },
  };
}

/** The database as seen from wherever the caller stands: the transaction around it, if there is one. */
function ambient(db: Database, transactions: FlowTransactions): Database {
  return new Proxy(db, {
    get(_, key) {
      const current = transactions.current;
      const value: unknown = Reflect.get(current, key);
      return typeof value === "function" ? value.bind(current) : value;
    },
  });
}
