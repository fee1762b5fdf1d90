import type { EndpointModel } from "../plug-file/plug-model.ts";
import { NOTHING, type SchemaNode, UNKNOWN, union } from "../schema/schema-node.ts";
import type { Operation } from "./list-operations.ts";
import { isText, jsonOf, mediaOf } from "./media-types.ts";
import { at, documentError, entriesOf, type Place } from "./place.ts";
import { resolveRef } from "./resolve-ref.ts";
import type { SchemaReader } from "./schema-reader.ts";

type Responses = EndpointModel["responses"];

/** The statuses that a range of successes stands for. */
const SUCCESSES = [200, 201, 202, 204];
/** Statuses that a plug follows, so that nobody sees them. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const EMPTY = new Set([204, 205, 304]);

/**
 * What comes back, per status. A range (`2XX`) or `default` counts when no success is named; errors that are not named
 * throw `PlugHttpError` anyway.
 */
export function readResponses(operation: Operation, reader: SchemaReader): Responses {
  const declared = at(operation.place, "responses");
  const named: { status: number; schema: SchemaNode }[] = [];
  let range: Place | undefined;
  for (const [key, place] of entriesOf(declared)) {
    if (key.startsWith("x-")) continue;
    if (/^[1-5]\d\d$/.test(key)) {
      const status = Number(key);
      if (!REDIRECTS.has(status) && status >= 200)
        named.push({ status, schema: bodyOf(status, place, operation, reader) });
    } else if (/^2XX$/i.test(key)) range = place;
    else if (key === "default") range ??= place;
    else if (!/^[1345]XX$/i.test(key)) {
      throw documentError(
        place,
        `"${key.slice(0, 40)}" is no status`,
        "Use a number such as 200, a range such as 2XX, or default.",
      );
    }
  }
  named.sort((a, b) => a.status - b.status);
  if (named.some(({ status }) => status < 300)) return named;
  if (range === undefined) {
    reader.warn(declared, "no success is described, so any body of a 200 fits");
    return [{ status: 200, schema: UNKNOWN }, ...named];
  }
  const place = range;
  const successes = SUCCESSES.filter((status) => operation.method !== "GET" || status === 200).map((status) => ({
    status,
    schema: status === 204 ? NOTHING : bodyOf(status, place, operation, reader),
  }));
  return [...successes, ...named];
}

function bodyOf(status: number, declared: Place, operation: Operation, reader: SchemaReader): SchemaNode {
  if (EMPTY.has(status) || operation.method === "HEAD") return NOTHING;
  const media = mediaOf(resolveRef(reader.document.root, declared));
  if (media.length === 0) return UNKNOWN;
  const json = jsonOf(media);
  if (json) return reader.read(json.schema, "response");
  return union(media.map(({ type }) => (isText(type) ? { kind: "string" } : { kind: "instance", of: "Uint8Array" })));
}
