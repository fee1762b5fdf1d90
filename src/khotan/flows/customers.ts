import { inflow, platformTable, sync } from "khotan";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxCustomers } from "../tables/sandbox-customers.ts";
import { customerFields } from "./customer-fields.ts";

/**
 * Keeps customers the same here and in the sandbox: what somebody adds, changes or deletes on one side goes to the other,
 * and where both changed the same field the newer change counts. Conflicts are listed: `GET /conflicts`.
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
    // A customer that is new here takes the id that the sandbox gives it.
    async create(batch, { ctx }) {
      const created: { localKey: string; key: string }[] = [];
      const failures: { localKey: string; error: unknown }[] = [];
      for (const { localKey, record, idempotencyKey } of batch) {
        const answer = await ctx.plug.call("createCustomer", { body: record, idempotencyKey });
        if (answer.status === 201) created.push({ localKey, key: answer.body.id });
        else failures.push({ localKey, error: new Error(answer.body.error.message) });
      }
      return { created, failures };
    },
    async sendDeletes(keys, { ctx }) {
      // One that is gone already is answered with 404, which is as good.
      for (const id of keys) await ctx.plug.call("deleteCustomer", { params: { id } });
    },
  }),
});
