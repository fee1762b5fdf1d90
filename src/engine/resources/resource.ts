import { z } from "zod";
import { resourceNameSchema } from "../../contract/index.ts";
import { KhotanConfigError } from "../errors.ts";

/** A kind of record that several systems know. */
export interface Resource<Field extends string = string> {
  readonly name: string;
  readonly label: string;
  /** The fields whose values say which record is which, in order. */
  readonly connectFields: readonly Field[];
}

export interface ResourceOptions<Field extends string> {
  /** Lower-case letters, digits, `_` and `-`, e.g. `products`. */
  readonly name: string;
  /** For people. Default: the name. */
  readonly label?: string;
  /** What the same record has in common everywhere, e.g. `sku`, or several: `["store", "number"]`. */
  readonly connectField: Field | readonly [Field, ...Field[]];
}

const optionsSchema = z.strictObject({
  name: resourceNameSchema,
  label: z.string().min(1).max(100).optional(),
  connectField: z.union([
    z.string().min(1).max(100),
    z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(5)
      .refine((fields) => new Set(fields).size === fields.length, "A field is named twice."),
  ]),
});

/**
 * Declare a resource, for `resources: [...]` of the factory.
 *
 * @example export const products = resource({ name: "products", connectField: "sku" });
 * @throws KhotanConfigError naming every wrong option.
 */
export function resource<const Field extends string>(options: ResourceOptions<Field>): Resource<Field> {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map((issue) => ({ path: `resource.${issue.path.join(".")}`, message: issue.message })),
    );
  }
  const { connectField } = options;
  const connectFields = typeof connectField === "string" ? [connectField] : [...connectField];
  return { name: options.name, label: options.label ?? options.name, connectFields };
}
