/** Which record is which, across plugs. */
export type { BoundMapping, ConnectOf } from "./bound-mapping.ts";
export { type Resource, type ResourceOptions, type ResourceTable, resource } from "./resource.ts";
export type { MappingConflict, UpsertedMappings, UpsertMappingsOptions } from "./upsert-mappings.ts";
