import { firstSentence } from "../code/comment.ts";
import { uniqueNames } from "../names/unique-names.ts";
import { camelCase } from "../names/words.ts";
import type { ObjectNode, PropertyNode, SchemaNode } from "../schema/schema-node.ts";
import type { Operation } from "./list-operations.ts";
import { at, documentError, entriesOf, itemsOf, type Place, textOf } from "./place.ts";
import { resolveRef } from "./resolve-ref.ts";
import type { SchemaReader } from "./schema-reader.ts";

export interface Parameters {
  /** With the names that the plug uses. */
  readonly path: string;
  readonly params: ObjectNode | undefined;
  readonly query: ObjectNode | undefined;
  readonly headers: ObjectNode | undefined;
  /** How lists travel in the query: `true` repeats the name, `false` joins by commas. */
  readonly explodes: readonly boolean[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly place: Place;
}

/** Headers that OpenAPI leaves to other parts of a document. */
const NOT_HEADERS = new Set(["accept", "content-type", "authorization"]);

/** The parameters of an operation, its own and those of its path. */
export function readParameters(operation: Operation, reader: SchemaReader): Parameters {
  const parameters = parametersOf(operation, reader);
  const query = parameters.filter((parameter) => parameter.in === "query");
  const headers = parameters.filter(
    (parameter) => parameter.in === "header" && !NOT_HEADERS.has(parameter.name.toLowerCase()),
  );
  for (const parameter of parameters) {
    if (parameter.in === "cookie")
      reader.warn(parameter.place, "cookies are not sent by an endpoint; set them in a hook");
  }
  return {
    ...pathOf(operation, parameters, reader),
    query: objectOf(query, reader),
    headers: objectOf(headers, reader),
    explodes: query.flatMap((parameter) => explodeOf(parameter, reader)),
  };
}

function parametersOf(operation: Operation, { document }: SchemaReader): readonly Parameter[] {
  const all = [...itemsOf(at(operation.item, "parameters")), ...itemsOf(at(operation.place, "parameters"))];
  const found = new Map<string, Parameter>();
  for (const each of all) {
    const place = resolveRef(document.root, each);
    const [name, where] = [textOf(at(place, "name")), textOf(at(place, "in"))];
    if (name === undefined) throw documentError(at(place, "name"), "a parameter needs a name", "Add `name`.");
    if (where === undefined || !["path", "query", "header", "cookie"].includes(where)) {
      throw documentError(at(place, "in"), "says not where the parameter goes", "It is path, query, header or cookie.");
    }
    found.set(`${where} ${name}`, { name, in: where, place });
  }
  return [...found.values()];
}

/** Names in the path become JavaScript names: they are only known here, the API sees the values. */
function pathOf(
  { path, place }: Operation,
  parameters: readonly Parameter[],
  reader: SchemaReader,
): Pick<Parameters, "path" | "params"> {
  const unique = uniqueNames();
  const renamed = new Map<string, string>();
  const properties: PropertyNode[] = [];
  const template = path.replaceAll(/\{([^{}]*)\}/g, (_match, written: string) => {
    const name = written.replace(/^[+*]|\*$/g, "");
    const known = renamed.get(name);
    if (known !== undefined)
      throw documentError(place, `the path has "${name}" twice`, "Give the second one another name.");
    const own = unique(/^[A-Za-z_]\w*$/.test(name) ? name : camelCase(name, "value"));
    renamed.set(name, own);
    const parameter = parameters.find((each) => each.in === "path" && each.name === name);
    if (parameter === undefined) reader.warn(place, `the path's parameter "${name}" is not declared; taken as a text`);
    const schema: SchemaNode = parameter ? pathSchema(parameter, reader) : { kind: "string" };
    properties.push({ name: own, schema, optional: false, doc: parameter ? docOf(parameter) : undefined });
    return `{${own}}`;
  });
  return { path: template, params: properties.length > 0 ? { kind: "object", properties, rest: null } : undefined };
}

function pathSchema(parameter: Parameter, reader: SchemaReader): SchemaNode {
  const schema = schemaOf(parameter, reader);
  const inner = schema.kind === "nullable" ? schema.inner : schema;
  if (inner.kind !== "array" && inner.kind !== "object" && inner.kind !== "unknown") return inner;
  if (inner.kind !== "unknown") reader.warn(parameter.place, "lists and objects in a path are given as a text");
  return { kind: "string" };
}

function objectOf(parameters: readonly Parameter[], reader: SchemaReader): ObjectNode | undefined {
  if (parameters.length === 0) return undefined;
  const properties = parameters.map(
    (parameter): PropertyNode => ({
      name: parameter.name,
      schema: schemaOf(parameter, reader),
      optional: at(parameter.place, "required").value !== true,
      doc: docOf(parameter),
    }),
  );
  return { kind: "object", properties: properties.filter(({ name }) => name !== "__proto__"), rest: null };
}

function schemaOf({ place }: Parameter, reader: SchemaReader): SchemaNode {
  if (at(place, "schema").value !== undefined) return reader.read(at(place, "schema"), "request");
  const [content] = entriesOf(at(place, "content"));
  if (content === undefined) return { kind: "string" };
  reader.warn(content[1], "give this parameter as JSON text");
  return { kind: "string" };
}

const docOf = ({ place }: Parameter): string | undefined => firstSentence(textOf(at(place, "description")));

/** Only lists care: objects become `a[b]=c` whatever the document says. */
function explodeOf({ place }: Parameter, reader: SchemaReader): boolean[] {
  const style = textOf(at(place, "style")) ?? "form";
  const schema = resolveRef(reader.document.root, at(place, "schema"));
  const type = at(schema, "type").value;
  if (type === "object" && style === "form") {
    reader.warn(place, "an object is sent as `name[field]=…`, and not in the style that the document asks for");
  }
  if (type !== "array") return [];
  if (style === "pipeDelimited" || style === "spaceDelimited") {
    reader.warn(place, `a list in the style ${style} is not joined; give it as one text`);
    return [];
  }
  return [at(place, "explode").value !== false];
}
