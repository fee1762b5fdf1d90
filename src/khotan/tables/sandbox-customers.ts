import { pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** The sandbox's customers, as both sides know them: what is changed here goes there. */
export const sandboxCustomers = pgTable("sandbox_customers", {
  id: text("id").primaryKey(),
  email: text("email").notNull(),
  firstName: text("first_name").notNull(),
  lastName: text("last_name").notNull(),
  company: text("company"),
  /** When somebody changed it, here or there; decides who is newer. */
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});
