import { bearer, fromVar, plug } from "khotan";

/** Stripe's API. Source: https://docs.stripe.com/api */
export const stripe = plug({
  name: "stripe",
  label: "Stripe",
  description: "Payments, invoices and customers.",
  docsUrl: "https://docs.stripe.com/api",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("apiKey")),
  idempotencyHeader: "Idempotency-Key",
  vars: [
    {
      key: "apiKey",
      label: "Secret key",
      type: "password",
      help: "Developers → API keys. A restricted key is enough.",
    },
    { key: "baseUrl", label: "Base URL", type: "url", defaultValue: "https://api.stripe.com/v1" },
  ],
});
