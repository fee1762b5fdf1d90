import { firstSentence } from "../code/comment.ts";
import type { EndpointModel } from "../plug-file/plug-model.ts";
import { type SchemaNode, UNKNOWN } from "../schema/schema-node.ts";
import type { PagedAnswer } from "./guess-pagination.ts";
import type { Operation } from "./list-operations.ts";
import { at, entriesOf, itemsOf, textOf } from "./place.ts";
import { readBody } from "./read-body.ts";
import { type Parameters, readParameters } from "./read-parameters.ts";
import { readResponses } from "./read-responses.ts";
import { absolute } from "./read-servers.ts";
import { resolveRef } from "./resolve-ref.ts";
import type { SchemaReader } from "./schema-reader.ts";

export interface ReadEndpoint {
  readonly endpoint: EndpointModel;
  readonly explodes: Parameters["explodes"];
  /** `null` when it is no GET. */
  readonly paged: PagedAnswer | null;
}

const MAX_SUMMARY = 96;

/** One operation as an endpoint of the plug. @param url where the plug is by default */
export function readEndpoint(
  operation: Operation,
  url: string | undefined,
  source: string | undefined,
  reader: SchemaReader,
): ReadEndpoint {
  const { name, method, place } = operation;
  const { path, params, query, headers, explodes } = readParameters(operation, reader);
  const body = readBody(operation, reader);
  const responses = readResponses(operation, reader);
  const isDeprecated = at(place, "deprecated").value === true;
  const elsewhere = otherServer(operation, url, source, reader);
  const notes = [
    ...(isDeprecated ? ["@deprecated The API's description says so."] : []),
    ...(elsewhere === undefined ? [] : [`Lives at ${elsewhere}: call it with \`vars: { baseUrl: "${elsewhere}" }\`.`]),
  ];
  const summary = firstSentence(textOf(at(place, "summary")) ?? textOf(at(place, "description")), MAX_SUMMARY);
  return {
    endpoint: { name, method, path, summary, note: notes[0], params, query, headers, body, responses },
    explodes,
    paged: method === "GET" ? { query, success: successOf(responses), hasLink: hasLink(operation, reader) } : null,
  };
}

const successOf = (responses: EndpointModel["responses"]): SchemaNode =>
  responses.find(({ status }) => status < 300)?.schema ?? UNKNOWN;

function hasLink({ place }: Operation, { document }: SchemaReader): boolean {
  return entriesOf(at(place, "responses")).some(([status, response]) => {
    if (!/^(2|default)/i.test(status)) return false;
    const headers = entriesOf(at(resolveRef(document.root, response), "headers"));
    return headers.some(([name]) => name.toLowerCase() === "link");
  });
}

/** The address of an operation that does not live where the others do. */
function otherServer(
  { place, item }: Operation,
  url: string | undefined,
  source: string | undefined,
  reader: SchemaReader,
): string | undefined {
  const holder = [at(place, "servers"), at(item, "servers")].find((servers) => itemsOf(servers).length > 0);
  const written = holder ? textOf(at(holder, 0, "url")) : undefined;
  if (holder === undefined || written === undefined) return undefined;
  const own = absolute(written, source ?? url);
  if (own === url) return undefined;
  const where = own ?? written;
  reader.warn(holder, `this operation lives at ${where}; give that address in the call`);
  return url === undefined || own === undefined || !/^[\x21-\x7e]+$/.test(own) ? undefined : own;
}
