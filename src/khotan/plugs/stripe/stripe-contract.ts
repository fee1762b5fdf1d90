import { defineContract } from "khotan";
import { z } from "zod";
import { stripeCustomer, stripeError, stripeEvent, stripeInvoice, stripeList } from "./stripe-records.ts";

/** A time in Unix seconds, or from and to. */
const created = z.union([z.int(), z.strictObject({ gt: z.int(), gte: z.int(), lt: z.int(), lte: z.int() }).partial()]);

/** Records per page, 1 to 100. Stripe's own default is 10; a walk through everything is quicker with 100. */
const limit = z.int().min(1).max(100).default(100);

/** What this app asks of Stripe. Lists come newest first. Source: https://docs.stripe.com/api */
export const stripeContract = defineContract({
  listInvoices: {
    method: "GET",
    path: "/invoices",
    summary: "List invoices",
    query: z.object({
      customer: z.string().optional(),
      status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
      created: created.optional(),
      limit,
    }),
    responses: { 200: stripeList(stripeInvoice) },
  },
  getInvoice: {
    method: "GET",
    path: "/invoices/:id",
    summary: "Read one invoice",
    params: z.object({ id: z.string() }),
    responses: { 200: stripeInvoice, 404: stripeError },
  },
  listCustomers: {
    method: "GET",
    path: "/customers",
    summary: "List customers",
    query: z.object({ email: z.string().optional(), created: created.optional(), limit }),
    responses: { 200: stripeList(stripeCustomer) },
  },
  listEvents: {
    method: "GET",
    path: "/events",
    summary: "List events of the last 30 days",
    query: z.object({
      /** Up to 20 exact names. */
      types: z.array(z.string()).max(20).optional(),
      /** `false`: only those that some webhook endpoint has not taken. */
      delivery_success: z.boolean().optional(),
      created: created.optional(),
      limit,
    }),
    responses: { 200: stripeList(stripeEvent) },
  },
});
