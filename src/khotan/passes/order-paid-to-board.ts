import { pass } from "khotan";
import { z } from "zod";

/** Writes a line on the sandbox's message board when an order was paid: open the sandbox's page to see it. */
export const orderPaidToBoard = pass({
  name: "order-paid-to-board",
  to: "sandbox",
  events: ["order.paid"],
  schema: z.object({ data: z.looseObject({ id: z.string() }) }),
  map: (ctx) => ({ path: "/messages", body: { text: `Order ${ctx.event.data.id} was paid.`, from: "khotan" } }),
});
