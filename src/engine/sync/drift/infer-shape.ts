import type { ShapeField, SourceShape } from "../../../contract/index.ts";

type FieldType = ShapeField["types"][number];

/** Deeper fields and more of them are not looked at: an object whose keys are ids has no shape. */
const MAX_DEPTH = 6;
export const MAX_FIELDS = 500;

/**
 * What these records look like: which fields, of which types, and whether each record has them.
 * A nested field counts as always there when it is there whenever its parent is.
 *
 * @example inferShape([{ id: 1, tags: ["a"] }]) // { id: { types: ["number"], always: true }, tags: …, "tags[]": … }
 */
export function inferShape(records: readonly unknown[]): SourceShape {
  const fields = new Map<string, { types: Set<FieldType>; seen: number }>();
  const parents = new Map<string, number>();

  function note(path: string, value: unknown, depth: number): void {
    const type = typeOf(value);
    if (type === null) return;
    let field = fields.get(path);
    if (!field) {
      if (fields.size >= MAX_FIELDS) return;
      field = { types: new Set(), seen: 0 };
      fields.set(path, field);
    }
    field.types.add(type);
    field.seen++;
    if (depth >= MAX_DEPTH) return;
    if (Array.isArray(value)) for (const item of value) note(`${path}[]`, item, depth + 1);
    else if (typeof value === "object" && value !== null) walk(path, value, depth + 1);
  }

  function walk(parent: string, value: object, depth: number): void {
    parents.set(parent, (parents.get(parent) ?? 0) + 1);
    for (const [name, inner] of Object.entries(value)) note(parent === "" ? name : `${parent}.${name}`, inner, depth);
  }

  for (const record of records) if (typeof record === "object" && record !== null) walk("", record, 1);
  // Without a prototype: a source may call a field `constructor`.
  const shape: Record<string, ShapeField> = Object.create(null);
  for (const [path, { types, seen }] of fields) {
    const all = path.endsWith("[]") ? 0 : (parents.get(parentOf(path)) ?? 0);
    shape[path] = { types: [...types].sort(), always: all > 0 && seen === all };
  }
  return shape;
}

/** @example parentOf("lines[].price.amount") // "lines[].price" */
export function parentOf(path: string): string {
  const dot = path.lastIndexOf(".");
  return dot === -1 ? "" : path.slice(0, dot);
}

function typeOf(value: unknown): FieldType | null {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "bigint") return "number";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" || type === "object" ? type : null;
}
