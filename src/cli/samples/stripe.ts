import type { MadeUp, Sample, SampleProvider } from "./sample.ts";
import { signStripe } from "./sign.ts";

const unix = ({ at }: MadeUp): number => Math.floor(at.getTime() / 1000);

const event =
  (type: string, object: (made: MadeUp) => object) =>
  (made: MadeUp): Sample => ({
    headers: { "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)" },
    body: {
      id: `evt_${made.id.slice(0, 24)}`,
      object: "event",
      api_version: "2025-09-30.clover",
      created: unix(made),
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      data: { object: object(made) },
    },
  });

const paymentIntent = (status: string, failure: object | null) => (made: MadeUp) => ({
  id: `pi_${made.id.slice(0, 24)}`,
  object: "payment_intent",
  amount: 4_200,
  currency: "eur",
  customer: "cus_Sample0000001",
  status,
  created: unix(made),
  last_payment_error: failure,
  metadata: {},
});

/** Shapes from https://docs.stripe.com/api/events/types, shortened. */
export const stripe: SampleProvider = {
  label: "Stripe",
  sourceUrl: "https://docs.stripe.com/webhooks",
  sign: signStripe,
  events: {
    "invoice.paid": event("invoice.paid", (made) => ({
      id: `in_${made.id.slice(0, 24)}`,
      object: "invoice",
      number: "ACME-0042",
      status: "paid",
      customer: "cus_Sample0000001",
      customer_email: "ada@acme.example",
      currency: "eur",
      subtotal: 4_200,
      total: 4_200,
      amount_due: 4_200,
      amount_paid: 4_200,
      amount_remaining: 0,
      created: unix(made),
      hosted_invoice_url: "https://invoice.stripe.com/i/sample",
      metadata: {},
      lines: { object: "list", has_more: false, data: [] },
    })),
    "payment_intent.succeeded": event("payment_intent.succeeded", paymentIntent("succeeded", null)),
    "payment_intent.payment_failed": event(
      "payment_intent.payment_failed",
      paymentIntent("requires_payment_method", {
        type: "card_error",
        code: "card_declined",
        decline_code: "insufficient_funds",
        message: "Your card has insufficient funds.",
      }),
    ),
    "customer.created": event("customer.created", (made) => ({
      id: `cus_${made.id.slice(0, 14)}`,
      object: "customer",
      email: "ada@acme.example",
      name: "Ada",
      created: unix(made),
      livemode: false,
      metadata: {},
    })),
  },
};
