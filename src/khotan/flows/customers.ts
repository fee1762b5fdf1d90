import { inflow, platformTable, sync } from "khotan";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxCustomers } from "../tables/sandbox-customers.ts";
import { customerFields } from "./customer-fields.ts";

/**
 * Keeps customers the same here and in the sandbox: what somebody changes on one side goes to the other, and where both
 * changed the same field the newer change counts. Conflicts are listed: `GET /conflicts`.
 */
export const customers = inflow({
  name: "customers",
  plug: sandbox,
  resource: "customers",
  schedule: "5,20,35,50 * * * *",
  overlap: "queue",
  run: sync({
    plug: sandbox,
    // By id: with page numbers, a record that changes while it is read would move, and another one slip through.
    read: ({ ctx, since }) =>
      ctx.plug.callPaged("listCustomers", {
        query: { sort: "id", includeDeleted: true, ...(since ? { updatedSince: since.toISOString() } : {}) },
      }),
    key: "id",
    updatedAt: "updatedAt",
    deleted: (record) => record.deleted === true,
    deletes: "mark",
    conflict: "newest_wins",
    fields: (record) => customerFields(record),
    platform: platformTable(sandboxCustomers, {
      key: "id",
      fields: ["email", "firstName", "lastName", "company"],
      updatedAt: "updatedAt",
      deletedAt: "deletedAt",
    }),
    async push(batch, { ctx }) {
      const failures: { key: string; error: unknown }[] = [];
      for (const { key, record } of batch) {
        const answer = await ctx.plug.call("updateCustomer", { params: { id: key }, body: record });
        if (answer.status !== 200) failures.push({ key, error: new Error(answer.body.error.message) });
      }
      return { updated: batch.length - failures.length, failures };
    },
  }),
});
