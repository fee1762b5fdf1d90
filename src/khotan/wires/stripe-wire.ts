import { stripeSignature, wire } from "khotan";
import type { z } from "zod";
import { stripeEvent } from "../plugs/stripe/stripe-records.ts";

/** Stripe lists the newest first; hour by hour the oldest can come first without holding a month in memory. */
const HOUR_SEC = 3_600;
/** Windows a listing is cut into at most. */
const MAX_WINDOWS = 100;

/** Set up in Stripe by a person. Source: https://docs.stripe.com/webhooks */
export const stripeWire = wire({
  events: ["invoice.*", "customer.*", "charge.*"],
  verify: stripeSignature(),
  /** Events of the last 30 days that some endpoint has not taken. Source: https://docs.stripe.com/webhooks/process-undelivered-events */
  async *listMissed(ctx, since, until) {
    const end = Math.ceil(until.getTime() / 1_000);
    let from = Math.floor(since.getTime() / 1_000);
    const step = Math.max(HOUR_SEC, Math.ceil((end - from) / MAX_WINDOWS));
    for (; from <= end; from += step) {
      const created = { gte: from, lt: from + step };
      const newestFirst: z.output<typeof stripeEvent>[] = [];
      for await (const event of ctx.plug.paginate("/events", {
        query: { delivery_success: false, created, limit: 100 },
      }))
        newestFirst.push(stripeEvent.parse(event));
      for (const event of newestFirst.reverse()) yield { body: event, occurredAt: new Date(event.created * 1_000) };
    }
  },
  guide: [
    { title: "Open Developers, Webhooks in Stripe", text: "Use the account of this tenant." },
    { title: "Add an endpoint with the callback URL", text: "Choose the invoice, customer and charge events." },
    { title: "Paste the signing secret here", text: "It starts with whsec_." },
    { title: "Send a test event from Stripe", text: "The event shows under Events within a second." },
  ],
});
