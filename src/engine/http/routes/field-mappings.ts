import {
  listFieldMappings,
  listFieldMappingVersions,
  readFieldMapping,
} from "../../field-mappings/list-field-mappings.ts";
import { previewFieldMapping } from "../../field-mappings/preview-field-mapping.ts";
import { rollbackFieldMapping, saveFieldMapping } from "../../field-mappings/save-field-mapping.ts";
import type { Handlers } from "../route-handler.ts";

export const fieldMappingRoutes: Pick<
  Handlers,
  | "listFieldMappings"
  | "getFieldMapping"
  | "saveFieldMapping"
  | "listFieldMappingVersions"
  | "rollbackFieldMapping"
  | "previewFieldMapping"
> = {
  listFieldMappings: async ({ engine, query }) => ({ items: await listFieldMappings(engine, query.tenant) }),

  getFieldMapping: ({ engine, params, query }) => readFieldMapping(engine, params.name, query.tenant),

  saveFieldMapping: ({ engine, principal, params, query, body, requestId }) =>
    saveFieldMapping(engine, { ...params, ...query, ...body, actor: principal, requestId }),

  listFieldMappingVersions: ({ engine, params, query }) => listFieldMappingVersions(engine, { ...params, ...query }),

  rollbackFieldMapping: ({ engine, principal, params, query, body, requestId }) =>
    rollbackFieldMapping(engine, { ...params, ...query, ...body, actor: principal, requestId }),

  previewFieldMapping: ({ engine, principal, params, query, body }) =>
    previewFieldMapping(engine, principal, { ...params, ...query, ...body }),
};
