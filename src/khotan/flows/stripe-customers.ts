import { inflow, sync } from "khotan";
import { stripe } from "../plugs/stripe.ts";
import { stripeCustomers } from "../tables/stripe-customers.ts";

/**
 * Keeps Stripe's customers. Stripe lists no changes and no deletions, so every night all of them are read; what is gone is
 * marked when the whole list was read. Each page's place is kept: a long walk goes on where it stopped.
 */
export const stripeCustomersIn = inflow({
  name: "customers",
  plug: stripe,
  resource: "customers",
  schedule: "40 2 * * *",
  run: sync({
    plug: stripe,
    read: ({ ctx, cursor }) => ctx.plug.callPaged("listCustomers", { state: cursor }),
    key: "id",
    cursor: "opaque",
    mode: "full",
    deletes: "mark",
    write: {
      table: stripeCustomers,
      key: ["tenant", "id"],
      map: ({ id, name = null, email, created }, ctx) => ({
        tenant: ctx.tenant,
        id,
        name,
        email,
        createdAt: new Date(created * 1_000),
      }),
      rowOf: (id, ctx) => ({ tenant: ctx.tenant, id }),
      mark: () => ({ deletedAt: new Date() }),
    },
  }),
});
