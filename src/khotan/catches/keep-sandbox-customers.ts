import { catchEvent, skip } from "khotan";
import { z } from "zod";
import { customerFields } from "../flows/customer-fields.ts";
import { sandboxCustomers } from "../tables/sandbox-customers.ts";

const customerEvent = z.object({
  type: z.string(),
  data: z.looseObject({
    id: z.string(),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    company: z.string().nullable(),
  }),
});

/**
 * Brings a customer here as soon as it is new in the sandbox, between two runs of the flow `customers`. What that flow
 * itself wrote to the sandbox comes back as an event, too, and is left out. Changes wait for the flow, which can tell
 * whether somebody changed the same customer here.
 */
export const keepSandboxCustomers = catchEvent({
  name: "sandbox-customers",
  events: ["customer.created", "customer.updated"],
  schema: customerEvent,
  echoOf: ({ data }) => ({ key: data.id, record: customerFields(data) }),
  async run(ctx) {
    const { id } = ctx.event.data;
    if (ctx.event.type !== "customer.created") return skip("the flow `customers` compares both sides");
    await ctx.transaction((tx) =>
      tx
        .insert(sandboxCustomers)
        .values({ id, ...customerFields(ctx.event.data) })
        .onConflictDoNothing(),
    );
    return { customer: id };
  },
});
