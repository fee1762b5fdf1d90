import { relay, sync } from "khotan";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxBoard } from "../plugs/sandbox-board.ts";

const DAY_MS = 86_400_000;

/** Tells the board what became of an order, once for each new status. The first run tells of the last day. */
export const ordersToBoard = relay({
  name: "orders-to-board",
  plug: sandbox,
  destination: sandboxBoard,
  resource: "orders",
  schedule: "0,30 * * * *",
  run: sync({
    plug: sandbox,
    destination: sandboxBoard,
    read: ({ ctx, since }) => {
      const from = since ?? new Date(Date.now() - DAY_MS);
      return ctx.plug.callPaged("listOrders", { query: { sort: "updatedAt", updatedSince: from.toISOString() } });
    },
    key: "id",
    updatedAt: "updatedAt",
    fields: (record) => ({ status: record.deleted ? "gone" : record.status }),
    async send(batch, { ctx }) {
      const failures: { key: string; error: unknown }[] = [];
      for (const { key, record, idempotencyKey } of batch) {
        if (record.deleted) continue;
        try {
          const body = { text: `Order ${record.number} is ${record.status}.`, from: "khotan" };
          await ctx.destPlug.post("/messages", { body, idempotencyKey });
        } catch (error) {
          ctx.signal.throwIfAborted();
          failures.push({ key, error });
        }
      }
      return { created: batch.length - failures.length, failures };
    },
  }),
});
