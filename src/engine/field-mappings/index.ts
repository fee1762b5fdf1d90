/** Which source field becomes which target field. */
export { type ApplyOptions, applyFieldMapping, type MappedRecord } from "./apply-field-mapping.ts";
export { type FieldMapping, type FieldMappingOptions, fieldMapping } from "./field-mapping.ts";
export type { OpenFieldMapping } from "./field-mappings.ts";
export type { MapFields, MappedBatch } from "./open-map.ts";
