import type { NamedSchemas } from "./named-schemas.ts";
import { objectShape } from "./object-shape.ts";
import type { SchemaNode } from "./schema-node.ts";

const MAX_HOPS = 20;

/** What a name and a nullable stand for. */
export function bareShape(node: SchemaNode, schemas: NamedSchemas): SchemaNode {
  let current = node;
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const inner =
      current.kind === "nullable"
        ? current.inner
        : current.kind === "ref"
          ? schemas.get(current.name)?.node
          : undefined;
    if (inner === undefined) return current;
    current = inner;
  }
  return current;
}

/**
 * The shape at a dotted path into an object, as pagination reads it.
 *
 * @example shapeAt(body, "meta.next_cursor", schemas)
 */
export function shapeAt(node: SchemaNode, path: string, schemas: NamedSchemas): SchemaNode | undefined {
  let current: SchemaNode | undefined = node;
  for (const part of path.split(".")) {
    const shape: ReturnType<typeof objectShape> = current ? objectShape(bareShape(current, schemas), schemas) : null;
    current = shape?.properties.find((property) => property.name === part)?.schema;
  }
  return current && bareShape(current, schemas);
}

/** Where pagination looks by itself, see `ItemsAt`. */
const USUAL = ["data", "items", "results", "records", "value"];

/**
 * Where the list in a body is: `""` where pagination looks anyway, a dotted path, or `undefined` when there is none.
 *
 * @example listIn(bodyOfSlacksChannels, schemas) // "channels"
 */
export function listIn(body: SchemaNode, schemas: NamedSchemas): string | undefined {
  const bare = bareShape(body, schemas);
  if (bare.kind === "array") return "";
  const shape = objectShape(bare, schemas);
  if (shape === null) return undefined;
  const lists = (path: string): string[] =>
    (objectShape(path === "" ? bare : (shapeAt(bare, path, schemas) ?? bare), schemas)?.properties ?? [])
      .map((property) => (path === "" ? property.name : `${path}.${property.name}`))
      .filter((each) => !each.slice(path.length + 1).includes(".") && shapeAt(bare, each, schemas)?.kind === "array");
  const top = lists("");
  if (USUAL.some((name) => top.includes(name))) return "";
  if (top.length > 0) return top.length === 1 ? top[0] : listOfObjects(top, bare, schemas);
  const inner = shape.properties.flatMap(({ name, schema }) =>
    bareShape(schema, schemas).kind === "object" ? lists(name) : [],
  );
  return inner.length === 1 ? inner[0] : undefined;
}

/** Of several lists the only one whose items are objects. */
function listOfObjects(paths: readonly string[], body: SchemaNode, schemas: NamedSchemas): string | undefined {
  const found = paths.filter((path) => {
    const list = shapeAt(body, path, schemas);
    return list?.kind === "array" && objectShape(bareShape(list.items, schemas), schemas) !== null;
  });
  return found.length === 1 ? found[0] : undefined;
}
