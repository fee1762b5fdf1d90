import { and, asc, count, eq, ne, type SQL, sql } from "drizzle-orm";
import {
  DEFAULT_TENANT,
  type DebugSend,
  decodeId,
  encodeId,
  type Principal,
  type SavedRequest,
} from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { savedRequests } from "../database/schema/index.ts";
import { sqlState } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";
import { storableJson } from "../events/storable-json.ts";
import { connectionSecrets, secretValues } from "../exchanges/connection-secrets.ts";
import { cleanRequest } from "./clean-request.ts";
import { requireDebug } from "./require-debug.ts";

/** Per plug and person. */
export const MAX_SAVED = 200;
const MAX_BYTES = 64 * 1024;

/** A person's own saved requests for a plug, by name. @throws KhotanError `debug_disabled`, `plug_not_found` */
export async function listSavedRequests(engine: Engine, principal: Principal, plug: string): Promise<SavedRequest[]> {
  requireDebug(engine);
  engine.registry.plug(plug);
  const rows = await engine.adapter.db
    .select()
    .from(savedRequests)
    .where(and(eq(savedRequests.owner, principal.id), eq(savedRequests.plug, plug)))
    .orderBy(asc(savedRequests.name));
  return rows.map(savedRequest);
}

/**
 * Keep a request under a name, instead of the one of that name; with an `id`, instead of that one.
 *
 * @throws KhotanError `debug_disabled`, `plug_not_found`, `not_found`, `validation_failed`, `payload_too_large`,
 *   `conflict` when there are too many, or the name belongs to another one
 */
export async function saveRequest(
  engine: Engine,
  principal: Principal,
  change: { readonly plug: string; readonly id?: string; readonly name: string; readonly request: DebugSend },
): Promise<SavedRequest> {
  requireDebug(engine);
  const { plug, id, name } = change;
  const { fields } = engine.registry.plug(plug).plug;
  const vars = await engine.connectionVars.read(plug, change.request.tenant ?? DEFAULT_TENANT, fields);
  const request = cleanRequest(change.request, connectionSecrets(secretValues(fields, vars ?? {})));
  const text = storableJson({ name, request });
  if (text === null) {
    throw new KhotanError("validation_failed", "A request with NUL characters or half characters cannot be kept.");
  }
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new KhotanError("payload_too_large", `A saved request has at most ${MAX_BYTES / 1024} KB.`);
  }
  const own = and(eq(savedRequests.owner, principal.id), eq(savedRequests.plug, plug));
  if (id !== undefined) return await replaceSaved(engine, own, { plug, id, name, request });
  const [others] = await engine.adapter.db
    .select({ count: count() })
    .from(savedRequests)
    .where(and(own, ne(savedRequests.name, name)));
  if ((others?.count ?? 0) >= MAX_SAVED) {
    throw new KhotanError("conflict", `You have saved ${MAX_SAVED} requests for "${plug}" already.`, {
      hint: "Delete some that you no longer need.",
    });
  }
  const [row] = await engine.adapter.db
    .insert(savedRequests)
    .values({ owner: principal.id, plug, name, request })
    .onConflictDoUpdate({
      target: [savedRequests.owner, savedRequests.plug, savedRequests.name],
      set: { request, updatedAt: sql`now()` },
    })
    .returning();
  if (!row) throw new Error("an upsert answered without its row");
  return savedRequest(row);
}

async function replaceSaved(
  engine: Engine,
  own: SQL | undefined,
  { plug, id, name, request }: { plug: string; id: string; name: string; request: DebugSend },
): Promise<SavedRequest> {
  const uuid = decodeId("savedRequest", id);
  if (uuid === null) throw notSaved(plug, id);
  const { db } = engine.adapter;
  const [row] = await db
    .update(savedRequests)
    .set({ name, request, updatedAt: sql`now()` })
    .where(and(own, eq(savedRequests.id, uuid)))
    .returning()
    .catch((error: unknown) => {
      if (sqlState(error) !== "23505") throw error;
      throw new KhotanError("conflict", `You have saved another request as "${name}".`, {
        hint: "Choose another name.",
      });
    });
  if (!row) throw notSaved(plug, id);
  return savedRequest(row);
}

const notSaved = (plug: string, id: string): KhotanError =>
  new KhotanError("not_found", `You have no saved request "${id}" for "${plug}".`);

/** @throws KhotanError `debug_disabled`, `plug_not_found`, `not_found` also for those of others */
export async function deleteSavedRequest(
  engine: Engine,
  principal: Principal,
  { plug, id }: { readonly plug: string; readonly id: string },
): Promise<{ id: string }> {
  requireDebug(engine);
  engine.registry.plug(plug);
  const uuid = decodeId("savedRequest", id);
  const gone = uuid
    ? await engine.adapter.db
        .delete(savedRequests)
        .where(and(eq(savedRequests.id, uuid), eq(savedRequests.owner, principal.id), eq(savedRequests.plug, plug)))
        .returning({ id: savedRequests.id })
    : [];
  if (gone.length > 0) return { id };
  throw notSaved(plug, id);
}

const savedRequest = (row: typeof savedRequests.$inferSelect): SavedRequest => ({
  id: encodeId("savedRequest", row.id),
  plug: row.plug,
  name: row.name,
  request: row.request,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
