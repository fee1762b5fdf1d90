/** Many rows at once, into any Drizzle table. */

export { type BulkCounts, type BulkRecord, type BulkUpsertOptions, bulkUpsert, type FieldOf } from "./bulk-upsert.ts";
export type { EnumCoercion } from "./coerce-enum.ts";
export type { BulkRecords } from "./pages-of.ts";
