import { type FieldKind, fieldOf } from "./field.ts";
import { resolve, type Schema } from "./schema.ts";

/** What a variant of a union is called: by its title, its tag, what it requires, or its kind. */
type VariantName = { readonly kind: "text"; readonly text: string } | { readonly kind: "kind"; readonly of: FieldKind };

/** @example variantName(root, { type: "object", properties: { type: { const: "card" } } }) // { kind: "text", text: "card" } */
export function variantName(root: Schema, variant: Schema): VariantName {
  const schema = resolve(root, variant);
  if (schema.title) return { kind: "text", text: schema.title };
  const field = fieldOf(root, variant);
  if (field.kind === "constant") return { kind: "text", text: String(field.value) };
  if (field.kind !== "object") return { kind: "kind", of: field.kind };
  const tag = field.properties
    .map((property) => fieldOf(root, property.schema))
    .find((own) => own.kind === "constant" && typeof own.value !== "object");
  if (tag?.kind === "constant") return { kind: "text", text: String(tag.value) };
  const required = field.properties.filter((property) => property.required).map(({ name }) => name);
  return { kind: "text", text: required.slice(0, 3).join(", ") };
}
