import { type SQL, sql } from "drizzle-orm";
import { customType, type PgColumn, timestamp, uuid } from "drizzle-orm/pg-core";
import { newUuid } from "../../../contract/index.ts";

/** Byte-exact column. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** A point in time, with zone, as a `Date`. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Time-ordered primary key (UUID v7). */
export const id = () => uuid("id").primaryKey().$defaultFn(newUuid);

export const createdAt = () => at("created_at").notNull().defaultNow();
export const updatedAt = () => at("updated_at").notNull().defaultNow();

/** A text column as an expression: an index on it serves only queries that write it the same way. */
export const plain = (column: PgColumn): SQL => sql`(${column} || '')`;
