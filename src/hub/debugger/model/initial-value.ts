import { fieldOf } from "./field.ts";
import type { Schema } from "./schema.ts";

/**
 * What a form begins with: defaults and constants, and the frame of what is required. A text or a number that nobody
 * gave has no value yet.
 *
 * @example initialValue(root, { type: "object", properties: { n: { default: 1 } } }, true) // { n: 1 }
 */
export function initialValue(root: Schema, schema: Schema, required: boolean, depth = 0): unknown {
  const field = fieldOf(root, schema);
  const byDefault = schema.default ?? field.schema.default;
  if (byDefault !== undefined) return byDefault;
  if (field.kind === "constant") return required ? field.value : undefined;
  if (!required || depth > 8) return undefined;
  switch (field.kind) {
    case "object":
      return Object.fromEntries(
        field.properties
          .map(({ name, schema: own, required: needed }) => [name, initialValue(root, own, needed, depth + 1)] as const)
          .filter(([, value]) => value !== undefined),
      );
    case "record":
      return {};
    case "list":
      return Array.from({ length: Math.min(field.schema.minItems ?? 0, 5) }, () =>
        itemValue(initialValue(root, field.items, true, depth + 1)),
      );
    case "union": {
      const [first] = field.variants;
      return first ? initialValue(root, first, true, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** A list has no places without a value. */
export const itemValue = (value: unknown): unknown => (value === undefined ? "" : value);
