import { branchesOf, type JsonSchema, type JsonSchemaOrBoolean, resolved, typesOf } from "./json-schema.ts";

/**
 * A schema in a few words, for a person.
 *
 * @example describeSchema({ type: ["string", "null"], format: "email" }) // "string (email) | null"
 */
export function describeSchema(schema: JsonSchemaOrBoolean, root: JsonSchema, depth = 0): string {
  const found = resolved(root, schema);
  if (typeof found === "boolean") return found ? "anything" : "nothing";
  if (found.const !== undefined) return JSON.stringify(found.const);
  if (found.enum)
    return (
      found.enum
        .slice(0, 12)
        .map((value) => JSON.stringify(value))
        .join(" | ") + (found.enum.length > 12 ? " | …" : "")
    );
  const branches = branchesOf(found);
  if (branches) {
    if (depth > 2) return "one of several";
    return [...new Set(branches.map((branch) => describeSchema(branch, root, depth + 1)))].join(" | ");
  }
  if (found.allOf?.[0]) return describeSchema(found.allOf[0], root, depth + 1);
  if (found.not) return "nothing";
  const types = typesOf(found);
  return types.length === 0 ? "anything" : types.map((type) => described(type, found, root, depth)).join(" | ");
}

function described(type: string, schema: JsonSchema, root: JsonSchema, depth: number): string {
  if (type === "string" && schema.format !== undefined && !/_|case$|^regex$/.test(schema.format))
    return `string (${schema.format})`;
  if (type !== "array" || depth > 2) return type;
  const items = Array.isArray(schema.items) ? undefined : schema.items;
  return typeof items === "object" ? `array of ${describeSchema(items, root, depth + 1)}` : "array";
}
