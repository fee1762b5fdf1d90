import { DEFAULT_TENANT } from "../../../contract/index.ts";
import { changeMapping, deleteMapping, mergeMappings, readMapping } from "../../resources/change-mapping.ts";
import { createMapping } from "../../resources/create-mapping.ts";
import { listMappingHistory } from "../../resources/list-mapping-history.ts";
import { listMappings } from "../../resources/list-mappings.ts";
import { listResources } from "../../resources/list-resources.ts";
import { lookupByConnect, lookupByRef } from "../../resources/lookup-mappings.ts";
import { requireTenant } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const mappingRoutes: Pick<
  Handlers,
  | "listResources"
  | "listMappings"
  | "createMapping"
  | "lookupMappings"
  | "getMapping"
  | "replaceMapping"
  | "updateMapping"
  | "deleteMapping"
  | "mergeMapping"
  | "listMappingHistory"
> = {
  listResources: async ({ engine, principal, query }) => ({ items: await listResources(engine, principal, query) }),

  listMappings: ({ engine, principal, query }) => listMappings(engine, principal, query),

  createMapping: async ({ engine, principal, body, requestId }) => {
    const { tenant = DEFAULT_TENANT } = body;
    requireTenant(principal, tenant);
    return await createMapping(engine, { ...body, tenant }, { actor: principal, requestId });
  },

  lookupMappings: async ({ engine, principal, body }) => {
    const { tenant = DEFAULT_TENANT, by } = body;
    requireTenant(principal, tenant);
    const resource = engine.mappings.resource(body.resource);
    const { db } = engine.adapter;
    return {
      items:
        "connect" in by
          ? await lookupByConnect(db, resource, tenant, by.connect)
          : await lookupByRef(db, resource, tenant, by.plug, by.refs),
    };
  },

  getMapping: ({ engine, principal, params }) => readMapping(engine, principal, params.id),

  replaceMapping: ({ engine, principal, params, body, requestId }) =>
    changeMapping(engine, params.id, body, "replace", { actor: principal, requestId }),

  updateMapping: ({ engine, principal, params, body, requestId }) =>
    changeMapping(engine, params.id, body, "merge", { actor: principal, requestId }),

  deleteMapping: ({ engine, principal, params, requestId }) =>
    deleteMapping(engine, params.id, { actor: principal, requestId }),

  mergeMapping: ({ engine, principal, params, body, requestId }) =>
    mergeMappings(engine, { ...params, ...body }, { actor: principal, requestId }),

  listMappingHistory: ({ engine, principal, params, query }) =>
    listMappingHistory(engine, principal, { ...params, ...query }),
};
