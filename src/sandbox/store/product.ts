import { z } from "zod";

/** Prices and amounts are whole minor units (cents), so that nobody rounds. */
export const money = z.strictObject({
  amount: z.int().min(0).max(100_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const productFields = z.object({
  sku: z.string().min(1).max(40),
  name: z.string().min(1).max(200),
  description: z.string().max(2_000),
  category: z.string().min(1).max(60),
  price: money,
  stock: z.int().min(0).max(1_000_000),
  active: z.boolean(),
  tags: z.array(z.string().min(1).max(40)).max(20),
});
export type ProductFields = z.infer<typeof productFields>;

export const productCreate = productFields
  .extend({
    description: productFields.shape.description.default(""),
    category: productFields.shape.category.default("other"),
    stock: productFields.shape.stock.default(0),
    active: productFields.shape.active.default(true),
    tags: productFields.shape.tags.default([]),
  })
  .strict();

export const productPatch = productFields.partial().strict();
