import type { UsedFieldMapping } from "../../contract/index.ts";
import { type AsyncScope, asyncScope } from "../async-scope.ts";
import { createCaches } from "../caches/caches.ts";
import type { Engine } from "../context.ts";
import type { Adapter, Database, Transaction } from "../database/adapter.ts";
import { mappingProblems, openMap } from "../field-mappings/open-map.ts";
import { createMappings } from "../resources/mappings.ts";
import type { RunLog } from "./context.ts";
import type { Stores } from "./stores.ts";

type RunInTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

export interface HandlerStoresTools {
  readonly tenant: string;
  /** Who changes mappings, e.g. `catch note`. */
  readonly actor: string;
  readonly log: RunLog;
  /** The attempt's transaction. */
  readonly transaction: RunInTransaction;
  /**
   * Whether what is written outside of `ctx.transaction` belongs into the attempt's transaction all the same. Once that is
   * open it has to: written beside it, it would wait for what the same attempt holds. In a dry run always: nothing stays.
   */
  readonly joins: () => boolean;
  readonly note: (used: UsedFieldMapping) => Promise<void>;
}

/** Caches, mappings and field mappings of one attempt of a handler, and the `transaction` that they know of. */
export function openHandlerStores(
  engine: Engine,
  tools: HandlerStoresTools,
): Stores & { readonly transaction: RunInTransaction } {
  const scope = asyncScope<Transaction>();
  const transaction: RunInTransaction = (work) => tools.transaction((tx) => scope.run(tx, () => work(tx)));
  // Most handlers need none of it.
  const lazy = <T>(make: () => T) => {
    let made: T | null = null;
    return () => (made ??= make());
  };
  const adapter = lazy((): Adapter => ({ ...engine.adapter, db: ambient(engine.adapter.db, scope, tools) }));
  const { publisher, clock } = engine;
  const caches = lazy(() => createCaches({ adapter: adapter(), publisher, clock }, [...engine.caches.all.values()]));
  const mappings = lazy(() =>
    createMappings({ adapter: adapter(), publisher }, [...engine.mappings.resources.values()]),
  );
  const map = lazy(() =>
    openMap(engine.fieldMappings, {
      tenant: tools.tenant,
      direction: "in",
      note: tools.note,
      onFailed: mappingProblems((message) => tools.log.warn(message)),
    }),
  );
  return {
    transaction,
    cache: (cache) => caches().open(cache, tools.tenant),
    mapping: (resource) => mappings().open(resource, { tenant: tools.tenant, actor: tools.actor }),
    map: (...given) => map()(...given),
  };
}

/** The database as seen from wherever the caller stands. Stores use these two of its methods. */
function ambient(db: Database, scope: AsyncScope<Transaction>, tools: HandlerStoresTools): Database {
  const joined: Pick<Database, "transaction"> & {
    execute(query: Parameters<Database["execute"]>[0]): Promise<unknown>;
  } = {
    execute: (query) => tools.transaction(async (tx) => await tx.execute(query)),
    transaction: (work) => tools.transaction(work),
  };
  return new Proxy(db, {
    get(_, key) {
      const current = scope.get() ?? (tools.joins() ? joined : db);
      const value: unknown = Reflect.get(current, key);
      return typeof value === "function" ? value.bind(current) : value;
    },
  });
}
