import { and, isNull, notInArray, sql } from "drizzle-orm";
import { newUuid } from "../../contract/index.ts";
import type { Adapter, Transaction } from "../database/adapter.ts";
import { handlers, plugs } from "../database/schema/index.ts";
import { registerFlows } from "../flows/register-flows.ts";
import type { Definitions } from "./definitions.ts";

/** Registering processes queue up here, so that they cannot lock rows in different orders. */
const LOCK = 7_316_204_112;

/**
 * Write what the app registered: an upsert by unique key in one transaction, so
 * that many processes booting at once leave one row of everything. What is no
 * longer registered is retired; what a person switched stays as it is.
 */
export async function register(adapter: Adapter, definitions: Definitions, now = Date.now()): Promise<void> {
  await adapter.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    await upsertPlugs(tx, definitions);
    await upsertHandlers(tx, definitions);
    await retire(tx, definitions);
    await registerFlows(tx, definitions, now);
  });
}

async function upsertPlugs(tx: Transaction, definitions: Definitions): Promise<void> {
  const values = [...definitions.values()].map(({ plug }) => ({
    id: newUuid(),
    name: plug.name,
    label: plug.label,
    description: plug.description,
    docsUrl: plug.docsUrl,
    baseUrl: plug.baseUrl,
    auth: plug.authKind,
    varKeys: plug.fields.map((definition) => definition.key),
  }));
  if (values.length === 0) return;
  await tx
    .insert(plugs)
    .values(values)
    .onConflictDoUpdate({
      target: plugs.name,
      set: {
        label: sql`excluded.label`,
        description: sql`excluded.description`,
        docsUrl: sql`excluded.docs_url`,
        baseUrl: sql`excluded.base_url`,
        auth: sql`excluded.auth`,
        varKeys: sql`excluded.var_keys`,
        retiredAt: null,
        updatedAt: sql`now()`,
      },
    });
}

async function upsertHandlers(tx: Transaction, definitions: Definitions): Promise<void> {
  const values = [...definitions.values()].flatMap(({ plug, handlers: list }) =>
    list.map((handler) => ({
      id: newUuid(),
      plug: plug.name,
      kind: handler.kind,
      name: handler.name,
      events: [...handler.events],
      destination: handler.to,
      execution: handler.execution.type,
      maxAttempts: handler.retry.attempts,
    })),
  );
  if (values.length === 0) return;
  await tx
    .insert(handlers)
    .values(values)
    .onConflictDoUpdate({
      target: [handlers.plug, handlers.kind, handlers.name],
      set: {
        events: sql`excluded.events`,
        destination: sql`excluded.destination`,
        execution: sql`excluded.execution`,
        maxAttempts: sql`excluded.max_attempts`,
        retiredAt: null,
        updatedAt: sql`now()`,
      },
    });
}

async function retire(tx: Transaction, definitions: Definitions): Promise<void> {
  const names = [...definitions.keys()];
  await tx
    .update(plugs)
    .set({ retiredAt: sql`now()` })
    .where(and(isNull(plugs.retiredAt), names.length > 0 ? notInArray(plugs.name, names) : undefined));
  const live = [...definitions.values()].flatMap(({ plug, handlers: list }) =>
    list.map((handler) => `${plug.name}/${handler.kind}/${handler.name}`),
  );
  const identity = sql<string>`${handlers.plug} || '/' || ${handlers.kind} || '/' || ${handlers.name}`;
  await tx
    .update(handlers)
    .set({ retiredAt: sql`now()` })
    .where(and(isNull(handlers.retiredAt), live.length > 0 ? notInArray(identity, live) : undefined));
}
