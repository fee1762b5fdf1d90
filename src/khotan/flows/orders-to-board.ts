import { relay, sync } from "khotan";
import { z } from "zod";
import { sandbox } from "../plugs/sandbox.ts";
import { sandboxBoard } from "../plugs/sandbox-board.ts";

const DAY_MS = 86_400_000;

/** What a person may say who starts it by hand. */
const request = z
  .object({
    from: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        "Go back to orders that changed since then, e.g. after the board lost some. Told ones are not told again.",
      ),
    author: z.string().trim().min(1).max(40).default("khotan").describe("Who signs the messages."),
  })
  .prefault({});

/** Tells the board what became of an order, once for each new status. The first run tells of the last day. */
export const ordersToBoard = relay({
  name: "orders-to-board",
  plug: sandbox,
  destination: sandboxBoard,
  resource: "orders",
  schedule: "0,30 * * * *",
  body: request,
  run: sync({
    plug: sandbox,
    destination: sandboxBoard,
    read: ({ ctx, since }) => {
      const last = since?.getTime() ?? Date.now() - DAY_MS;
      const asked = request.parse(ctx.body).from;
      // A person may go further back, never ahead: what lies between would not be told any more.
      const from = new Date(Math.min(last, asked === undefined ? last : Date.parse(asked)));
      return ctx.plug.callPaged("listOrders", { query: { sort: "updatedAt", updatedSince: from.toISOString() } });
    },
    key: "id",
    updatedAt: "updatedAt",
    fields: (record) => ({ status: record.deleted ? "gone" : record.status }),
    async send(batch, { ctx }) {
      const { author } = request.parse(ctx.body);
      const failures: { key: string; error: unknown }[] = [];
      for (const { key, record, idempotencyKey } of batch) {
        if (record.deleted) continue;
        try {
          const body = { text: `Order ${record.number} is ${record.status}.`, from: author };
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
