import { sql } from "drizzle-orm";
import { stepContext, type WorkflowContext } from "khotan/workflow";
import type { InvoiceEvent } from "../catches/record-invoices.ts";
import { stripeInvoiceHistory, stripeInvoices } from "../tables/index.ts";

/** Keeps an invoice as Stripe last told us, then adds a line to its history. */
export async function recordInvoice(ctx: WorkflowContext<InvoiceEvent>) {
  "use workflow";
  const invoice = await keepInvoice(ctx);
  await addToHistory(ctx, invoice);
  return { invoice };
}

async function keepInvoice(ctx: WorkflowContext<InvoiceEvent>): Promise<string> {
  "use step";
  const step = await stepContext(ctx);
  const { id: lastEvent, created, data } = step.event;
  const { id, customer = null, status = null, amount_due: amountDue = null, currency = null } = data.object;
  const told = { customer, status, amountDue, currency, lastEvent, updatedAt: new Date(created * 1000) };
  await step.transaction(async (tx) => {
    await tx
      .insert(stripeInvoices)
      .values({ id, tenant: step.tenant, ...told })
      .onConflictDoUpdate({
        target: stripeInvoices.id,
        set: told,
        // Stripe does not keep events in order.
        setWhere: sql`${stripeInvoices.updatedAt} <= excluded.updated_at`,
      });
  });
  step.progress(1, 2, "kept");
  return id;
}

async function addToHistory(ctx: WorkflowContext<InvoiceEvent>, invoiceId: string): Promise<void> {
  "use step";
  const step = await stepContext(ctx);
  const line = { eventId: step.eventId, invoiceId, type: step.eventType };
  await step.transaction(async (tx) => {
    await tx.insert(stripeInvoiceHistory).values(line);
  });
  step.progress(2, 2, "in the history");
  step.log(`${step.eventType} of ${invoiceId} recorded`);
}
