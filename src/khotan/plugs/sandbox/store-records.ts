import { z } from "zod";

/** The sandbox's records, as far as this app reads them. Source: src/sandbox/README.md */
const stamp = {
  id: z.string(),
  /** 1 at creation, one more with each change. */
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  deleted: z.undefined().optional(),
};

/** Amounts are whole minor units (cents). */
const money = z.object({ amount: z.int(), currency: z.string() });

export const sandboxProduct = z.looseObject({
  ...stamp,
  sku: z.string(),
  name: z.string(),
  price: money,
  stock: z.int(),
  active: z.boolean(),
});

export const sandboxOrder = z.looseObject({
  ...stamp,
  number: z.string(),
  customerId: z.string(),
  status: z.enum(["pending", "paid", "shipped", "cancelled"]),
  lines: z.array(z.looseObject({ productId: z.string(), name: z.string(), quantity: z.int(), unitPrice: money })),
  total: money,
});

export const sandboxCustomer = z.looseObject({
  ...stamp,
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  company: z.string().nullable(),
});

/** What a list with `includeDeleted` says of a deleted record. `record.deleted` tells it from the others. */
export const sandboxTombstone = z.object({
  id: z.string(),
  deleted: z.literal(true),
  version: z.int(),
  updatedAt: z.string(),
  deletedAt: z.string(),
});

export const sandboxError = z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) });
