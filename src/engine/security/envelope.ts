import { z } from "zod";

/** A sealed text as it is stored: plain JSON, everything in base64url without padding. */
export const envelopeSchema = z.object({
  v: z.literal(1),
  keyId: z
    .string()
    .regex(/^k_[0-9a-f]{8}$/)
    .describe("Which key sealed it. A public fingerprint; it says nothing about the key."),
  nonce: z.base64url().length(16).describe("12 random bytes."),
  data: z.base64url().min(22).describe("The ciphertext followed by the 16-byte tag."),
});
export type Envelope = z.infer<typeof envelopeSchema>;
