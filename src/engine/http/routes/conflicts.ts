import { conflictRecord, listConflicts, requireConflict } from "../../sync/conflicts/list-conflicts.ts";
import { resolveConflict } from "../../sync/conflicts/resolve-conflict.ts";
import type { Handlers } from "../route-handler.ts";

export const conflictRoutes: Pick<Handlers, "listConflicts" | "getConflict" | "resolveConflict"> = {
  listConflicts: ({ engine, principal, query }) => listConflicts(engine, principal, query),

  getConflict: async ({ engine, principal, params }) =>
    conflictRecord(await requireConflict(engine.adapter.db, principal, params.id)),

  resolveConflict: ({ engine, principal, params, body, requestId }) =>
    resolveConflict(engine, { ...params, ...body, actor: principal, requestId }),
};
