import { bigint, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Invoices as Stripe last told us. */
export const stripeInvoices = pgTable("stripe_invoices", {
  id: text("id").primaryKey(),
  tenant: text("tenant").notNull(),
  customer: text("customer"),
  status: text("status"),
  amountDue: bigint("amount_due", { mode: "number" }),
  currency: text("currency"),
  lastEvent: text("last_event").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});

/** One line per thing that happened to an invoice. */
export const stripeInvoiceHistory = pgTable("stripe_invoice_history", {
  eventId: text("event_id").primaryKey(),
  invoiceId: text("invoice_id").notNull(),
  type: text("type").notNull(),
  recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().defaultNow(),
});
