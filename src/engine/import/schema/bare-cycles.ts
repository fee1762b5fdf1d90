import type { NamedSchema, NamedSchemas } from "./named-schemas.ts";
import { nullable, type ObjectNode, type SchemaNode, UNKNOWN, union } from "./schema-node.ts";

/**
 * Cut cycles that have no object or list in between: `Pet = Cat | Dog` where `Cat = Pet & { … }`. Checking a value against
 * them would never end, and TypeScript refuses their types. What extends such a schema gets its own properties only.
 *
 * @param found called with each schema that was changed
 */
export function withoutBareCycles(schemas: NamedSchemas, found: (name: string) => void): NamedSchemas {
  const cuts = backEdges(schemas);
  if (cuts.size === 0) return schemas;
  return new Map(
    [...schemas].map(([name, schema]): [string, NamedSchema] => {
      const targets = cuts.get(name);
      if (targets === undefined) return [name, schema];
      found(name);
      return [name, { ...schema, node: cut(schema.node, targets, schemas) }];
    }),
  );
}

/** For each schema the ones that it leads back to. Alternatives are entered first, so that what extends them is cut. */
function backEdges(schemas: NamedSchemas): ReadonlyMap<string, ReadonlySet<string>> {
  const cuts = new Map<string, Set<string>>();
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (name: string): void => {
    if (done.has(name)) return;
    way.push(name);
    for (const next of bareRefs(schemas.get(name)?.node ?? UNKNOWN)) {
      if (way.includes(next)) cuts.set(name, (cuts.get(name) ?? new Set()).add(next));
      else visit(next);
    }
    way.pop();
    done.add(name);
  };
  const names = [...schemas.keys()];
  const isChoice = (name: string): boolean => hasUnion(schemas.get(name)?.node ?? UNKNOWN);
  for (const name of [...names.filter(isChoice), ...names]) visit(name);
  return cuts;
}

const hasUnion = (node: SchemaNode): boolean =>
  node.kind === "union" ||
  (node.kind === "nullable" && hasUnion(node.inner)) ||
  (node.kind === "all" && node.members.some(hasUnion));

/** The schemas that a value must fit itself. */
function bareRefs(node: SchemaNode): readonly string[] {
  switch (node.kind) {
    case "ref":
      return [node.name];
    case "nullable":
      return bareRefs(node.inner);
    case "union":
      return node.options.flatMap(bareRefs);
    case "all":
      return node.members.flatMap(bareRefs);
    default:
      return [];
  }
}

function cut(node: SchemaNode, targets: ReadonlySet<string>, schemas: NamedSchemas): SchemaNode {
  const isTarget = (each: SchemaNode): each is SchemaNode & { kind: "ref" } =>
    each.kind === "ref" && targets.has(each.name);
  if (isTarget(node)) return UNKNOWN;
  if (node.kind === "nullable") return nullable(cut(node.inner, targets, schemas));
  if (node.kind === "union") {
    const options = node.options.filter((option) => !isTarget(option)).map((option) => cut(option, targets, schemas));
    return options.length === 0 ? UNKNOWN : union(options, node.discriminator);
  }
  if (node.kind !== "all") return node;
  const members = node.members.flatMap((member): readonly SchemaNode[] =>
    isTarget(member) ? ownObjects(schemas.get(member.name)?.node ?? UNKNOWN) : [cut(member, targets, schemas)],
  );
  return { ...node, members };
}

/** The properties that a schema declares beside its alternatives. */
function ownObjects(node: SchemaNode): readonly ObjectNode[] {
  if (node.kind === "object") return [node];
  return node.kind === "all" ? node.members.flatMap((member) => (member.kind === "object" ? [member] : [])) : [];
}
