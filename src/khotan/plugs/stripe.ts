import { bearer, fromVar, pagination, plug } from "khotan";
import { stripeContract } from "./stripe/stripe-contract.ts";
import { stripeShouldRetry } from "./stripe/stripe-should-retry.ts";

/**
 * Stripe's API. Source: https://docs.stripe.com/api
 *
 * @example for await (const invoice of stripe.callPaged("listInvoices", { query: { status: "open" } })) …
 */
export const stripe = plug({
  name: "stripe",
  label: "Stripe",
  description: "Payments, invoices and customers.",
  docsUrl: "https://docs.stripe.com/api",
  baseUrl: (vars) => vars.baseUrl,
  auth: bearer(fromVar("apiKey")),
  // The version that our schemas are checked against; without it answers change when the account's default does.
  // Source: https://docs.stripe.com/api/versioning
  headers: { "stripe-version": "2026-10-28.endive" },
  // Source: https://docs.stripe.com/api/idempotent_requests
  idempotencyHeader: "Idempotency-Key",
  // 25 a second for one endpoint, and for all of an account in test mode; 100 for all of a live one.
  // Source: https://docs.stripe.com/rate-limits
  rateLimit: { perSecond: 25 },
  retry: { shouldRetry: stripeShouldRetry },
  // `types[]=a&types[]=b`
  arrayFormat: "brackets",
  pagination: pagination.startingAfter(),
  endpoints: stripeContract.endpoints,
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
