import { z } from "zod";
import { address } from "./customer.ts";
import { money } from "./product.ts";

export const ORDER_STATUSES = ["pending", "paid", "shipped", "cancelled"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

const line = z.strictObject({
  productId: z.string(),
  sku: z.string(),
  name: z.string(),
  quantity: z.int().min(1).max(1_000),
  unitPrice: money,
});

export const orderFields = z.object({
  /** What a person sees on the invoice; never changes. */
  number: z.string(),
  customerId: z.string(),
  status: z.enum(ORDER_STATUSES),
  lines: z.array(line).min(1).max(50),
  total: money,
  shippingAddress: address.nullable(),
  note: z.string().max(2_000),
  paidAt: z.iso.datetime().nullable(),
  shippedAt: z.iso.datetime().nullable(),
  cancelledAt: z.iso.datetime().nullable(),
});
export type OrderFields = z.infer<typeof orderFields>;

/** A client says who buys how many of what; the store adds prices, total and number. */
export const orderCreate = z.strictObject({
  customerId: z.string(),
  lines: z
    .array(z.strictObject({ productId: z.string(), quantity: line.shape.quantity.default(1) }))
    .min(1)
    .max(50),
  status: orderFields.shape.status.default("pending"),
  shippingAddress: orderFields.shape.shippingAddress.optional(),
  note: orderFields.shape.note.default(""),
});
export type OrderCreate = z.infer<typeof orderCreate>;

export const orderPatch = orderFields.pick({ status: true, shippingAddress: true, note: true }).partial().strict();
export type OrderPatch = z.infer<typeof orderPatch>;
