import fc from "fast-check";
import { z } from "zod";

const names = ["id", "name", "price", "tags", "odd name", "nested", "kind"];

const leaf: fc.Arbitrary<z.ZodType> = fc.oneof(
  fc.constantFrom<z.ZodType>(
    z.string(),
    z.email(),
    z.url(),
    z.uuid(),
    z.iso.datetime(),
    z.iso.date(),
    z.ipv4(),
    z.ulid(),
    z.e164(),
    z.base64(),
    z.string().startsWith("prod_"),
    z.string().regex(/^[A-Z]{3}-\d{2,}(?:x|y)?$/),
    z.boolean(),
    z.null(),
    z.literal("open"),
    z.literal(7),
    z.enum(["draft", "sent"]),
    z.number().int(),
    z.number().multipleOf(0.25),
  ),
  fc.tuple(fc.nat(9), fc.nat(9)).map(([low, more]) =>
    z
      .string()
      .min(low)
      .max(low + more),
  ),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.nat(9)).map(([low, more]) =>
    z
      .number()
      .min(low)
      .max(low + more),
  ),
  fc.integer({ min: -9, max: 9 }).map((low) =>
    z
      .number()
      .gt(low)
      .lt(low + 1),
  ),
);

/** Any schema of the kinds that APIs declare, nested. */
export const anySchema: fc.Arbitrary<z.ZodType> = fc.letrec<{ any: z.ZodType }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.dictionary(fc.constantFrom(...names), fc.tuple(tie("any"), fc.boolean()), { maxKeys: 4 }), fc.nat(2))
      .map(([shape, how]) => {
        const fields = Object.fromEntries(
          Object.entries(shape).map(([name, [inner, optional]]) => [name, optional ? inner.optional() : inner]),
        );
        return [z.object, z.strictObject, z.looseObject][how]?.(fields) ?? z.object(fields);
      }),
    fc.tuple(tie("any"), fc.nat(3)).map(([inner, least]) => z.array(inner).min(least)),
    fc.tuple(tie("any"), tie("any")).map(([first, second]) => z.tuple([first, second])),
    tie("any").map((inner) => z.nullable(inner)),
    fc.tuple(tie("any"), tie("any")).map(([first, second]) => z.union([first, second])),
    tie("any").map((inner) => z.record(z.string(), inner)),
    tie("any").map((inner) => z.record(z.enum(["en", "de"]), inner)),
  ),
})).any;
