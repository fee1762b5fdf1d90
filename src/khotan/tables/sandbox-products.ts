import { boolean, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The sandbox's products, brought here by the flow `products`. */
export const sandboxProducts = pgTable("sandbox_products", {
  id: text("id").primaryKey(),
  sku: text("sku").notNull(),
  name: text("name").notNull(),
  /** Whole minor units (cents). */
  price: integer("price").notNull(),
  currency: text("currency").notNull(),
  stock: integer("stock").notNull(),
  active: boolean("active").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  /** Set when the sandbox has it no more. */
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});
