import { z } from "zod";

/**
 * Stripe's records, as far as this app reads them; whatever else Stripe sends stays on them.
 * Amounts are whole minor units (cents), times are Unix seconds. Source: https://docs.stripe.com/api
 */
export const stripeInvoice = z.looseObject({
  id: z.string(),
  object: z.literal("invoice"),
  number: z.string().nullable(),
  status: z.string().nullable(),
  /** The id, or the whole customer when it was asked for with `expand`. */
  customer: z.union([z.string(), z.looseObject({ id: z.string() })]).nullable(),
  customer_email: z.string().nullable(),
  amount_due: z.int(),
  currency: z.string(),
  attempt_count: z.int(),
  hosted_invoice_url: z.string().nullish(),
  created: z.int(),
});

export const stripeCustomer = z.looseObject({
  id: z.string(),
  object: z.literal("customer"),
  name: z.string().nullish(),
  email: z.string().nullable(),
  created: z.int(),
});

/** What a webhook brings, to be read again: Stripe keeps events for 30 days. */
export const stripeEvent = z.looseObject({
  id: z.string(),
  object: z.literal("event"),
  type: z.string(),
  created: z.int(),
  livemode: z.boolean(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

/** Source: https://docs.stripe.com/api/errors */
export const stripeError = z.looseObject({
  error: z.looseObject({
    type: z.string(),
    code: z.string().optional(),
    message: z.string().optional(),
    param: z.string().optional(),
  }),
});

/** Source: https://docs.stripe.com/api/pagination */
export const stripeList = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ object: z.literal("list"), data: z.array(item), has_more: z.boolean() });
