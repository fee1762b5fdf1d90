import { firstSentence } from "../code/comment.ts";
import { type ObjectNode, type PropertyNode, type SchemaNode, UNKNOWN, union } from "../schema/schema-node.ts";
import { at, entriesOf, isRecord, type Place, textOf, textsOf } from "./place.ts";
import type { SchemaContext } from "./schema-context.ts";

/** An object: its properties, which of them must be there, and what else may be. */
export function readObject(place: Place, context: SchemaContext): ObjectNode {
  const required = textsOf(at(place, "required"));
  const declared = entriesOf(at(place, "properties"));
  const properties = declared.flatMap(([name, property]) => {
    if (name === "__proto__") {
      context.warn(property, "a property of this name is left out: JavaScript treats it as something else");
      return [];
    }
    return isHidden(property, context) ? [] : [readProperty(name, property, required.includes(name), context)];
  });
  return { kind: "object", properties, rest: restOf(place, declared.length === 0, context) };
}

function readProperty(name: string, place: Place, isRequired: boolean, context: SchemaContext): PropertyNode {
  const said = firstSentence(textOf(at(place, "description")) ?? textOf(at(place, "title")));
  const isDeprecated = at(place, "deprecated").value === true;
  return {
    name,
    schema: context.read(place),
    optional: !isRequired,
    doc: isDeprecated ? `@deprecated${said === undefined ? "" : ` ${said}`}` : said,
  };
}

const isHidden = (property: Place, { direction }: SchemaContext): boolean =>
  at(property, direction === "request" ? "readOnly" : "writeOnly").value === true;

/**
 * What properties may be there that are not declared. OpenAPI's default is "any", but nobody reads those: they are
 * dropped, unless the document asks for them, or other schemas extend this one.
 */
function restOf(place: Place, isEmpty: boolean, context: SchemaContext): SchemaNode | null {
  const additional = at(place, "additionalProperties");
  const patterns = entriesOf(at(place, "patternProperties")).map(([, schema]) => context.read(schema));
  if (patterns.length > 0) return additional.value === false ? union(patterns) : UNKNOWN;
  if (additional.value === false) return null;
  if (additional.value === true) return UNKNOWN;
  if (isRecord(additional.value)) return context.read(additional);
  const isBase = isRecord(at(place, "discriminator").value) && !hasAlternatives(place);
  const saysNothing = isEmpty && !hasAlternatives(place) && at(place, "allOf").value === undefined;
  return isBase || saysNothing ? UNKNOWN : null;
}

const hasAlternatives = (place: Place): boolean =>
  at(place, "oneOf").value !== undefined || at(place, "anyOf").value !== undefined;
