import { catchEvent } from "khotan";
import { z } from "zod";
import { recordInvoice } from "../workflows/record-invoice.ts";

/** What invoice events have in common. Source: https://docs.stripe.com/api/events and /api/invoices/object */
const invoiceEvent = z.object({
  id: z.string(),
  created: z.number(),
  data: z.object({
    object: z.looseObject({
      id: z.string(),
      customer: z.string().nullish(),
      status: z.string().nullish(),
      amount_due: z.number().nullish(),
      currency: z.string().nullish(),
    }),
  }),
});
export type InvoiceEvent = z.output<typeof invoiceEvent>;

/** Records Stripe's invoices, in two durable steps. */
export const recordInvoices = catchEvent({
  name: "record-invoices",
  events: ["invoice.*"],
  schema: invoiceEvent,
  workflow: recordInvoice,
});
