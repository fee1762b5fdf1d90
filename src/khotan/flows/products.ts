import { inflow, sync } from "khotan";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxProducts } from "../tables/sandbox-products.ts";

/**
 * Keeps the sandbox's products: `changes` every quarter of an hour, and `full` at night, which also sees what is gone.
 *
 * Read by id and not by change: by offset, a record that changes while it is read would move, and another one slip through.
 */
export const products = inflow({
  name: "products",
  plug: sandbox,
  resource: "products",
  variants: {
    changes: { schedule: "0,15,30,45 * * * *" },
    full: { schedule: "20 3 * * *" },
  },
  overlap: "queue",
  run: sync({
    plug: sandbox,
    read: ({ ctx, since }) =>
      ctx.plug.callPaged("listProducts", {
        query: { sort: "id", includeDeleted: true, ...(since ? { updatedSince: since.toISOString() } : {}) },
      }),
    key: "id",
    updatedAt: "updatedAt",
    deleted: (record) => record.deleted === true,
    mode: (ctx) => (ctx.variant === "full" ? "full" : "incremental"),
    scope: "flow",
    deletes: "mark",
    write: {
      table: sandboxProducts,
      key: "id",
      map: (record) =>
        record.deleted
          ? null
          : {
              id: record.id,
              sku: record.sku,
              name: record.name,
              price: record.price.amount,
              currency: record.price.currency,
              stock: record.stock,
              active: record.active,
              updatedAt: new Date(record.updatedAt),
            },
      mark: () => ({ deletedAt: new Date() }),
    },
  }),
});
