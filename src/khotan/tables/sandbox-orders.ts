import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The sandbox's orders, as its webhooks told us. */
export const sandboxOrders = pgTable("sandbox_orders", {
  id: text("id").primaryKey(),
  status: text("status").notNull(),
  total: integer("total"),
  currency: text("currency"),
  timesSeen: integer("times_seen").notNull().default(1),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
