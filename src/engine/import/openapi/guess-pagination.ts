import { type Entry, type Expression, method, object, string, text } from "../code/expression.ts";
import type { NamedSchemas } from "../schema/named-schemas.ts";
import type { ObjectNode, PropertyNode, SchemaNode } from "../schema/schema-node.ts";
import { bareShape, listIn, shapeAt } from "../schema/shape-at.ts";
import { namesOf, type PAGING_NAMES } from "./pagination-names.ts";

export interface PagedAnswer {
  readonly query: ObjectNode | undefined;
  readonly success: SchemaNode;
  /** Whether the answer declares a `Link` header. */
  readonly hasLink: boolean;
}

type Names = keyof typeof PAGING_NAMES;

/**
 * How a list is handed out, judged by the names of its parameters and fields; `undefined` for what is no paged list.
 *
 * @example guessPagination({ query, success, hasLink: true }, schemas) // pagination.linkHeader()
 */
export function guessPagination(answer: PagedAnswer, schemas: NamedSchemas): Expression | undefined {
  const { query, success, hasLink } = answer;
  const list = listIn(success, schemas);
  if (list === undefined) return undefined;
  const parameter = (names: Names): PropertyNode | undefined => firstOf(namesOf(names), query);
  const field = (names: Names, fits: (node: SchemaNode) => boolean): string | undefined =>
    namesOf(names).find((path) => fits(shapeAt(success, path, schemas) ?? { kind: "never" }));
  const items = option("items", list);
  const hasMore = option("hasMore", field("hasMores", isFlag));

  if (hasLink) return strategy("linkHeader", items);
  if (firstOf(["starting_after"], query)) {
    return strategy("startingAfter", items, hasMore?.value === "has_more" ? undefined : hasMore);
  }
  const cursorParam = parameter("cursorParams");
  const cursor = field("cursors", isToken);
  if (cursorParam && cursor) {
    return strategy(
      "cursor",
      option("next", cursor),
      unless("cursor", option("param", cursorParam.name)),
      hasMore,
      items,
    );
  }
  const nextUrl = field("nextUrls", isToken);
  if (nextUrl === "links.next" && list === "") return strategy("jsonApi");
  if (nextUrl !== undefined) return strategy("envelope", option("next", nextUrl), items);

  const size = parameter("sizeParams");
  const page = parameter("pageParams");
  const total = option("total", field("totals", isNumber));
  if (page && isNumber(bareShape(page.schema, schemas))) {
    return strategy(
      "page",
      unless("page", option("pageParam", page.name)),
      ...(size ? [option("size", maxOf(size.schema)), sizeNamed(size, "sizeParam", "per_page")] : []),
      page.schema.kind === "number" && page.schema.min === 0 ? option("first", 0) : undefined,
      option("totalPages", field("totalPages", isNumber)) ?? total,
      hasMore,
      items,
    );
  }
  const offset = parameter("offsetParams");
  if (!offset || !size || !isNumber(bareShape(offset.schema, schemas))) return undefined;
  return strategy(
    "offset",
    option("limit", maxOf(size.schema)),
    unless("limit", option("limitParam", size.name)),
    unless("offset", option("offsetParam", offset.name)),
    total,
    hasMore,
    items,
  );
}

interface Option {
  readonly key: string;
  readonly value: string | number;
}

const option = (key: string, value: string | number | undefined): Option | undefined =>
  value === undefined || value === "" ? undefined : { key, value };

/** What is the default anyway is not written. */
const unless = (usual: string, given: Option | undefined): Option | undefined =>
  given?.value === usual ? undefined : given;

function strategy(kind: string, ...options: readonly (Option | undefined)[]): Expression {
  const entries = options.flatMap((each): Entry[] =>
    each ? [{ key: each.key, value: typeof each.value === "string" ? string(each.value) : text(each.value) }] : [],
  );
  return method("pagination", kind, ...(entries.length > 0 ? [object(entries)] : []));
}

const firstOf = (names: readonly string[], query: ObjectNode | undefined): PropertyNode | undefined =>
  names.map((name) => query?.properties.find((each) => each.name === name)).find((found) => found !== undefined);

/** Without a size the strategy does not send the parameter, so that its name says nothing. */
const sizeNamed = (size: PropertyNode, key: string, usual: string): Option | undefined =>
  maxOf(size.schema) === undefined ? undefined : unless(usual, option(key, size.name));

/** As many as the API gives at once. */
const maxOf = (schema: SchemaNode): number | undefined =>
  schema.kind === "number" && schema.max !== undefined && schema.max >= 1 && schema.max <= 1000
    ? schema.max
    : undefined;

const isNumber = (node: SchemaNode): boolean => node.kind === "number";
const isFlag = (node: SchemaNode): boolean => node.kind === "boolean";
const isToken = (node: SchemaNode): boolean => node.kind === "string" || node.kind === "unknown";
