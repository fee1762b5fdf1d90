import { z } from "zod";

export const address = z.strictObject({
  line1: z.string().min(1).max(200),
  city: z.string().min(1).max(100),
  postalCode: z.string().min(1).max(20),
  /** ISO 3166-1 alpha-2 */
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Address = z.infer<typeof address>;

export const customerFields = z.object({
  email: z.email().max(254),
  firstName: z.string().min(1).max(100),
  lastName: z.string().min(1).max(100),
  company: z.string().min(1).max(200).nullable(),
  phone: z.string().min(3).max(30).nullable(),
  address: address.nullable(),
  marketingConsent: z.boolean(),
  note: z.string().max(2_000),
});
export type CustomerFields = z.infer<typeof customerFields>;

export const customerCreate = customerFields
  .extend({
    company: customerFields.shape.company.default(null),
    phone: customerFields.shape.phone.default(null),
    address: customerFields.shape.address.default(null),
    marketingConsent: customerFields.shape.marketingConsent.default(false),
    note: customerFields.shape.note.default(""),
  })
  .strict();

export const customerPatch = customerFields.partial().strict();
