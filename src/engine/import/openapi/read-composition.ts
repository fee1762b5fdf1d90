import { type ObjectNode, type SchemaNode, UNKNOWN, union } from "../schema/schema-node.ts";
import { at, entriesOf, isRecord, itemsOf, type Place, textOf, textsOf } from "./place.ts";
import { refOf, resolveRef } from "./resolve-ref.ts";
import type { SchemaContext } from "./schema-context.ts";

/** What a schema says itself, together with its `allOf`, `oneOf` and `anyOf`. */
export function compositionOf(own: SchemaNode | undefined, place: Place, context: SchemaContext): SchemaNode {
  const all = itemsOf(at(place, "allOf"));
  const inherited = all.map(context.read);
  const members = [
    ...inherited.filter((member) => !isEmptyObject(member)),
    ...["oneOf", "anyOf"].flatMap((keyword) => alternatives(at(place, keyword), place, context)),
    ...(own && !(isEmptyObject(own) && own.rest === null) ? [own] : []),
  ].filter((member) => member.kind !== "unknown");
  const required = [place, ...all].flatMap((each) => textsOf(at(each, "required")));
  const [only] = members;
  if (only === undefined) return own ?? inherited.find(({ kind }) => kind !== "unknown") ?? UNKNOWN;
  return members.length === 1 && (only === own || required.length === 0) ? only : { kind: "all", members, required };
}

/** `type: object` without anything else, beside what says which object it is. */
const isEmptyObject = (node: SchemaNode): node is ObjectNode =>
  node.kind === "object" && node.properties.length === 0 && (node.rest === null || node.rest.kind === "unknown");

function alternatives(options: Place, place: Place, context: SchemaContext): readonly SchemaNode[] {
  const places = itemsOf(options);
  if (places.length === 0) return [];
  if (places.every(saysOnlyWhatIsRequired)) {
    context.warn(options, "which of these properties must be there together is not checked");
    return [];
  }
  const key = textOf(at(place, "discriminator", "propertyName"));
  const nodes = places.map((option) => {
    const node = context.read(option);
    return key === undefined ? node : withDiscriminator(node, option, key, place, context);
  });
  return [union(nodes, key)];
}

const ONLY_REQUIRED = new Set(["required", "not", "title", "description", "type"]);

const saysOnlyWhatIsRequired = ({ value }: Place): boolean =>
  isRecord(value) && "required" in value && Object.keys(value).every((key) => ONLY_REQUIRED.has(key));

/** The mapping says which value means an option; the option itself often only says `type: string`. */
function withDiscriminator(
  node: SchemaNode,
  option: Place,
  key: string,
  place: Place,
  context: SchemaContext,
): SchemaNode {
  const ref = refOf(option);
  if (ref === undefined) return node;
  const mapping = entriesOf(at(place, "discriminator", "mapping"));
  const values = mapping.flatMap(([value, target]) => (isSameSchema(textOf(target), ref) ? [value] : []));
  const target = resolveRef(context.document.root, option);
  const property = at(target, "properties", key);
  const isPlainText = ["enum", "const"].every((keyword) => at(property, keyword).value === undefined);
  const isSure =
    isPlainText && at(property, "type").value === "string" && textsOf(at(target, "required")).includes(key);
  if (values.length === 0 || !isSure) return node;
  const narrowed: SchemaNode = {
    kind: "object",
    properties: [{ name: key, schema: { kind: "literal", values }, optional: false }],
    rest: null,
  };
  return { kind: "all", members: [node, narrowed], required: [] };
}

/** A mapping may name a schema without its path. */
const isSameSchema = (target: string | undefined, ref: string): boolean =>
  target !== undefined && (target === ref || `#/components/schemas/${target}` === ref);
