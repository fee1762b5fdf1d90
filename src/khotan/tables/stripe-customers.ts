import { pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Stripe's customers, for each tenant its own. */
export const stripeCustomers = pgTable(
  "stripe_customers",
  {
    tenant: text("tenant").notNull(),
    id: text("id").notNull(),
    name: text("name"),
    email: text("email"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    /** Set when Stripe has it no more. */
    deletedAt: timestamp("deleted_at", { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.id] })],
);
