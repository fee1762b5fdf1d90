import { inflow, sync } from "khotan";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxOrders } from "../tables/sandbox-orders.ts";

/** Keeps the sandbox's orders, in the order they changed. Each page's cursor is kept with the page: a long walk goes on where it stopped. */
export const orders = inflow({
  name: "orders",
  plug: sandbox,
  resource: "orders",
  schedule: "10,25,40,55 * * * *",
  run: sync({
    plug: sandbox,
    read: ({ ctx, cursor, since }) =>
      ctx.plug.callPaged("listOrders", {
        state: cursor,
        query: { sort: "updatedAt", includeDeleted: true, ...(since ? { updatedSince: since.toISOString() } : {}) },
      }),
    key: "id",
    updatedAt: "updatedAt",
    cursor: "opaque",
    deleted: (record) => record.deleted === true,
    deletes: "remove",
    write: {
      table: sandboxOrders,
      key: "id",
      map: (record) =>
        record.deleted
          ? null
          : {
              id: record.id,
              status: record.status,
              total: record.total.amount,
              currency: record.total.currency,
              updatedAt: new Date(record.updatedAt),
            },
    },
  }),
});
