import { firstSentence } from "../code/comment.ts";
import { plugNameFrom } from "../plug-file/plug-name.ts";
import { listOperations, type Operation } from "./list-operations.ts";
import { at, textOf } from "./place.ts";
import { readDocument } from "./read-document.ts";
import { readServers } from "./read-servers.ts";
import { schemaReader } from "./schema-reader.ts";

export interface OpenApiOperation {
  /** What `only` of `plugFromOpenApi` takes: the `operationId`, or "GET /path". */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string | null;
}

export interface OpenApiContents {
  /** What a plug of this document would be called. */
  readonly name: string;
  readonly operations: readonly OpenApiOperation[];
}

/**
 * What there is to choose from in an OpenAPI 3.0 or 3.1 document. Cheap, also for documents of many megabytes.
 *
 * @throws KhotanError `openapi_invalid`
 *
 * @example openApiOperations(document).operations.map(({ id }) => id) // ["listOrders", "GET /orders/{id}"]
 */
export function openApiOperations(document: unknown, source?: string): OpenApiContents {
  const read = readDocument(document);
  const { root } = read;
  const all = listOperations(root);
  const ids = new Map<string, number>();
  for (const { operationId } of all)
    if (operationId !== undefined) ids.set(operationId, (ids.get(operationId) ?? 0) + 1);
  const idOf = ({ operationId, method, path }: Operation): string =>
    operationId !== undefined && ids.get(operationId) === 1 ? operationId : `${method} ${path}`;
  return {
    name: plugNameFrom(textOf(at(root, "info", "title")), readServers(root, source, schemaReader(read)).url),
    operations: all.map((operation) => {
      const { method, path, place } = operation;
      const summary = firstSentence(textOf(at(place, "summary")) ?? textOf(at(place, "description")));
      return { id: idOf(operation), method, path, summary: summary ?? null };
    }),
  };
}
