import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
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
import { KhotanError } from "../errors.ts";
import { mappingProblems, noteFieldMapping, openMap } from "../field-mappings/open-map.ts";
import type { RunLog } from "../handlers/context.ts";
import { createMappings } from "../resources/mappings.ts";
import type { Resource, ResourceRecords } from "../resources/resource.ts";
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
    upsert,
  };

  function upsert<T extends PgTable>(
    table: T,
    records: BulkRecords<BulkRecord<T>>,
    options: BulkUpsertOptions<T>,
  ): Promise<BulkCounts>;
  function upsert<T extends PgTable>(
    kind: Resource<string, T>,
    records: BulkRecords<BulkRecord<T>>,
  ): Promise<BulkCounts>;
  function upsert(kind: string, records: BulkRecords<Readonly<Record<string, unknown>>>): Promise<BulkCounts>;
  async function upsert(
    target: PgTable | Resource | string,
    records: BulkRecords<BulkRecord<PgTable>>,
    options?: BulkUpsertOptions<PgTable>,
  ): Promise<BulkCounts> {
    const db: Pick<Database, "transaction"> = { transaction: (work) => transactions.run(work) };
    const write = async () => {
      const done =
        options && is(target, PgTable)
          ? await bulkUpsert(db, target, records, { signal, ...options })
          : await recordsOf(mappings.resource(nameOf(target))).upsert(db, records, { signal });
      const { created, updated, unchanged, duplicates } = done;
      transactions.count({ created, updated, skipped: unchanged + duplicates });
      return done;
    };
    // An array is one transaction, its figures included; of a stream each page commits by itself.
    return await (Array.isArray(records) || !transactions.keepsOutside ? transactions.run(write) : write());
  }
}

const nameOf = (kind: PgTable | Resource | string): string =>
  typeof kind === "string" ? kind : is(kind, PgTable) ? getTableName(kind) : kind.name;

function recordsOf({ name, records }: Resource): ResourceRecords<PgTable> {
  if (records) return records;
  throw new KhotanError("validation_failed", `Nobody has said where records of the kind "${name}" are kept.`, {
    hint: `Say it: resource({ name: "${name}", …, records: { table, key: "id" } }), or give \`ctx.upsert\` the table.`,
  });
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
