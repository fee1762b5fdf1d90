import { z } from "zod";
import {
  type FieldMappingDefinition,
  fieldMappingDefinitionSchema,
  fieldMappingNameSchema,
  type fieldRuleSchema,
} from "../../contract/index.ts";
import { KhotanConfigError, KhotanError } from "../errors.ts";
import { checkDefinition } from "./check-definition.ts";

/** Which source field becomes which target field; people may change it at run time. */
export interface FieldMapping {
  readonly name: string;
  readonly resource: string | null;
  /** Version 0: what is in force until somebody saves another. */
  readonly definition: FieldMappingDefinition;
}

export interface FieldMappingOptions {
  /** Lower-case letters, digits, `_` and `-`. */
  readonly name: string;
  /** What is mapped, for people. */
  readonly resource?: string;
  readonly fields: readonly z.input<typeof fieldRuleSchema>[];
}

/**
 * Declare a field mapping, for `fieldMappings: [...]` of the factory.
 *
 * @example
 * export const productFields = fieldMapping({
 *   name: "products",
 *   fields: [
 *     { target: "sku" },
 *     { target: "priceMinor", transform: "$round($number(price) * 100)", type: "integer" },
 *   ],
 * });
 * @throws KhotanConfigError naming every wrong field
 */
export function fieldMapping(options: FieldMappingOptions): FieldMapping {
  const { name, resource = null, fields } = options;
  const checked = z
    .object({ name: fieldMappingNameSchema, definition: fieldMappingDefinitionSchema })
    .safeParse({ name, definition: { fields } });
  if (!checked.success) {
    throw new KhotanConfigError(
      checked.error.issues.map((issue) => ({ path: `fieldMapping.${issue.path.join(".")}`, message: issue.message })),
    );
  }
  try {
    checkDefinition(checked.data.definition, "fieldMapping");
  } catch (error) {
    if (error instanceof KhotanError) throw new KhotanConfigError(error.issues ?? []);
    throw error;
  }
  return { name, resource, definition: checked.data.definition };
}
