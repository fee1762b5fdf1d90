import { is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { resourceNameSchema } from "../../contract/index.ts";
import {
  type BulkCounts,
  type BulkRecord,
  type BulkRecords,
  type BulkUpsertOptions,
  bulkUpsert,
} from "../bulk/index.ts";
import type { Database } from "../database/adapter.ts";
import { KhotanConfigError } from "../errors.ts";

/** Where the records of a kind are kept: a table of yours, and how they are written into it. */
export type ResourceTable<T extends PgTable> = Omit<BulkUpsertOptions<T>, "signal" | "onWritten" | "returning"> & {
  readonly table: T;
};

/** The table of a kind, ready to be written to. */
export interface ResourceRecords<T extends PgTable> {
  readonly table: T;
  upsert(
    db: Pick<Database, "transaction">,
    records: BulkRecords<BulkRecord<T>>,
    options: { readonly signal: AbortSignal },
  ): Promise<BulkCounts>;
}

/** A kind of record that several systems know. */
export interface Resource<Field extends string = string, T extends PgTable = PgTable> {
  readonly name: string;
  readonly label: string;
  /** The fields whose values say which record is which, in order. */
  readonly connectFields: readonly Field[];
  /** Where `ctx.upsert` writes its records; `null` when it does not say. */
  readonly records: ResourceRecords<T> | null;
}

export interface ResourceOptions<Field extends string, T extends PgTable = PgTable> {
  /** Lower-case letters, digits, `_` and `-`, e.g. `products`. */
  readonly name: string;
  /** For people. Default: the name. */
  readonly label?: string;
  /** What the same record has in common everywhere, e.g. `sku`, or several: `["store", "number"]`. */
  readonly connectField: Field | readonly [Field, ...Field[]];
  /** Where its records are kept; then `ctx.upsert("products", records)` writes them there. */
  readonly records?: ResourceTable<T>;
}

const optionsSchema = z.strictObject({
  name: resourceNameSchema,
  label: z.string().min(1).max(100).optional(),
  connectField: z.union([
    z.string().min(1).max(100),
    z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(5)
      .refine((fields) => new Set(fields).size === fields.length, "A field is named twice."),
  ]),
  // The rest of it is checked where it is used, as for any table.
  records: z
    .looseObject({
      table: z.custom<PgTable>((value) => is(value, PgTable), "Not a Drizzle table."),
      key: z.union([z.string(), z.array(z.string()).min(1)]),
    })
    .optional(),
});

/**
 * Declare a resource, for `resources: [...]` of the factory.
 *
 * @example export const products = resource({ name: "products", connectField: "sku" });
 * @example resource({ name: "products", connectField: "sku", records: { table: products, key: "sku" } })
 * @throws KhotanConfigError naming every wrong option.
 */
export function resource<const Field extends string, T extends PgTable = PgTable>(
  options: ResourceOptions<Field, T>,
): Resource<Field, T> {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map((issue) => ({ path: `resource.${issue.path.join(".")}`, message: issue.message })),
    );
  }
  const { connectField, records } = options;
  const connectFields = typeof connectField === "string" ? [connectField] : [...connectField];
  return {
    name: options.name,
    label: options.label ?? options.name,
    connectFields,
    records: records ? openRecords(records) : null,
  };
}

function openRecords<T extends PgTable>({ table, ...how }: ResourceTable<T>): ResourceRecords<T> {
  return { table, upsert: (db, records, { signal }) => bulkUpsert(db, table, records, { ...how, signal }) };
}
