import type { MadeUp, Sample, SampleProvider } from "./sample.ts";
import { signStandard } from "./sign.ts";

const event =
  (type: string, data: object) =>
  ({ at }: MadeUp): Sample => ({
    headers: {},
    body: { type, timestamp: at.toISOString(), data },
  });

/** Any provider that follows Standard Webhooks. */
export const generic: SampleProvider = {
  label: "Standard Webhooks",
  sourceUrl: "https://www.standardwebhooks.com",
  sign: signStandard,
  events: {
    "order.created": event("order.created", {
      id: "ord_1042",
      total: 4_200,
      currency: "EUR",
      customer: "ada@acme.example",
    }),
    "order.paid": event("order.paid", { id: "ord_1042", total: 4_200, currency: "EUR" }),
    "user.created": event("user.created", { id: "usr_7", email: "ada@acme.example" }),
  },
};
