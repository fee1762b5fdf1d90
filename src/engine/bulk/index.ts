/** Many rows at once, into any Drizzle table. */

export { type BulkCopyOptions, bulkCopy } from "./bulk-copy.ts";
export {
  type BulkDeleteOptions,
  type BulkKey,
  bulkDelete,
  type DeleteMissingOptions,
  deleteMissing,
} from "./bulk-delete.ts";
export { type BulkCounts, type BulkRecord, type BulkUpsertOptions, bulkUpsert, type FieldOf } from "./bulk-upsert.ts";
export type { EnumCoercion } from "./coerce-enum.ts";
export type { BulkRecords } from "./pages-of.ts";
