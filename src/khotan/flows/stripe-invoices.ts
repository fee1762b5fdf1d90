import { inflow, sync } from "khotan";
import { stripe } from "../plugs/stripe.ts";
import { stripeInvoices } from "../tables/stripe-invoices.ts";

/**
 * Brings Stripe's invoices: new ones every hour, by the time they were made, and all of them every week. What becomes of
 * an invoice in between is told by webhooks.
 */
export const stripeInvoicesIn = inflow({
  name: "invoices",
  plug: stripe,
  resource: "invoices",
  variants: { recent: { schedule: "15 * * * *" }, full: { schedule: "30 4 * * 0" } },
  overlap: "queue",
  run: sync({
    plug: stripe,
    read: ({ ctx, since }) =>
      ctx.plug.callPaged("listInvoices", {
        query: since ? { created: { gte: Math.floor(since.getTime() / 1_000) } } : {},
      }),
    key: "id",
    updatedAt: "created",
    mode: (ctx) => (ctx.variant === "full" ? "full" : "incremental"),
    scope: "flow",
    write: {
      table: stripeInvoices,
      key: "id",
      // What a webhook told last stays.
      excludeOnUpdate: ["lastEvent", "updatedAt"],
      map: ({ id, customer, status, amount_due, currency }, ctx) => ({
        id,
        tenant: ctx.tenant,
        customer: typeof customer === "object" ? (customer?.id ?? null) : customer,
        status,
        amountDue: amount_due,
        currency,
        lastEvent: "sync",
      }),
    },
  }),
});
