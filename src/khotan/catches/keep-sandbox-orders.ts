import { sql } from "drizzle-orm";
import { catchEvent } from "khotan";
import { z } from "zod";
import { sandboxOrders } from "../tables/index.ts";

const orderEvent = z.object({
  type: z.string(),
  data: z.looseObject({
    id: z.string(),
    status: z.string(),
    total: z.object({ amount: z.number(), currency: z.string() }).nullish(),
  }),
});

/** Keeps the sandbox's orders up to date. */
export const keepSandboxOrders = catchEvent({
  name: "sandbox-orders",
  events: ["order.*"],
  schema: orderEvent,
  // An order's news in the order they came: an older status must not overwrite a newer one.
  orderBy: (event) => event.data.id,
  async run(ctx) {
    const { id, status } = ctx.event.data;
    const { amount = null, currency = null } = ctx.event.data.total ?? {};
    await ctx.transaction((tx) =>
      tx
        .insert(sandboxOrders)
        .values({ id, status, total: amount, currency })
        .onConflictDoUpdate({
          target: sandboxOrders.id,
          set: {
            status,
            total: amount,
            currency,
            timesSeen: sql`${sandboxOrders.timesSeen} + 1`,
            updatedAt: sql`now()`,
          },
        }),
    );
    ctx.log(`order ${id} is ${status}`);
    return { order: id, status };
  },
});
