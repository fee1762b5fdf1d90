import type { JsonSchema } from "./document-model.ts";
import { type Html, html, prose } from "./html.ts";

type Schemas = Readonly<Record<string, JsonSchema>>;

/** A type in a few words, e.g. `string (date-time) or null`, `array of Run`. */
export function typeText(schema: JsonSchema): string {
  if (schema.$ref) return refName(schema.$ref);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(" or ");
  const types = schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.length === 0) return "anything";
  return types.map((type) => oneType(type, schema)).join(" or ");
}

function oneType(type: string, schema: JsonSchema): string {
  const listed = schema.properties?.items?.items;
  if (listed) return `${schema.properties?.page ? "page" : "list"} of ${typeText(listed)}`;
  if (type === "array" && schema.items) return `array of ${typeText(schema.items)}`;
  if (type === "object" && !schema.properties && typeof schema.additionalProperties === "object") {
    return `object of ${typeText(schema.additionalProperties)}`;
  }
  return type === "string" && schema.format ? `string (${schema.format})` : type;
}

/** The same as code; names of records, which alone begin with a capital, lead to them. */
export const typeCode = (schema: JsonSchema): Html =>
  html`<code>${typeText(schema)
    .split(/\b([A-Z][A-Za-z]+)\b/)
    .map((piece, at) => (at % 2 === 1 ? html`<a href="#record-${piece}">${piece}</a>` : piece))}</code>`;

/** The fields of a record, those of unnamed records within it as `outer.inner`. `null` when it has none. */
export function schemaTable(schema: JsonSchema): Html | null {
  const rows = fieldsOf(schema, "");
  if (rows.length === 0) return null;
  return html`<div class="scroll"><table>
    <thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead>
    <tbody>${rows.map(
      ({ name, field, required }) =>
        html`<tr><td><code>${name}</code>${required ? "" : html` <small>optional</small>`}</td><td>${typeCode(field)}</td><td>${prose(field.description ?? "")}</td></tr>`,
    )}</tbody></table></div>`;
}

interface Field {
  readonly name: string;
  readonly field: JsonSchema;
  readonly required: boolean;
}

function fieldsOf(schema: JsonSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]): Field[] => {
    const name = prefix + key;
    const own = { name, field, required: schema.required?.includes(key) ?? false };
    const inner = field.items?.properties ? fieldsOf(field.items, `${name}[].`) : fieldsOf(field, `${name}.`);
    return [own, ...inner];
  });
}

/** The record behind a reference, a list of one, or the schema itself. */
export function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  return schema.$ref ? (schemas[refName(schema.$ref)] ?? schema) : schema;
}

export const refName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);
