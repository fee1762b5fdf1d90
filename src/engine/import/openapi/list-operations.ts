import { ENDPOINT_METHODS, type EndpointMethod } from "../../plugs/endpoints/endpoint-definition.ts";
import { uniqueNames } from "../names/unique-names.ts";
import { camelCase } from "../names/words.ts";
import { at, documentError, entriesOf, type Place, textOf } from "./place.ts";
import { resolveRef } from "./resolve-ref.ts";

export interface Operation {
  /** What the endpoint is called: from the `operationId`, else from method and path; unique in the document. */
  readonly name: string;
  readonly operationId: string | undefined;
  readonly method: EndpointMethod;
  readonly path: string;
  /** The operation object. */
  readonly place: Place;
  /** The path item around it, with parameters and servers of its own. */
  readonly item: Place;
}

/** Every operation of a document, in its order. */
export function listOperations(root: Place): readonly Operation[] {
  const unique = uniqueNames();
  return entriesOf(at(root, "paths")).flatMap(([path, place]) => {
    if (path.startsWith("x-")) return [];
    if (!/^\/(?!\/)/.test(path)) {
      throw documentError(
        place,
        "a path starts with one slash",
        `Write it as "/${path.replace(/^\/+/, "").slice(0, 100)}".`,
      );
    }
    const item = resolveRef(root, place);
    return entriesOf(item).flatMap(([key, operation]) => {
      const method = ENDPOINT_METHODS.find((each) => each.toLowerCase() === key);
      if (method === undefined) return [];
      entriesOf(operation); // an operation is an object
      const operationId = textOf(at(operation, "operationId"));
      const name = unique(camelCase(operationId ?? nameFor(method, path)));
      return [{ name, operationId, method, path, place: operation, item }];
    });
  });
}

/** @example nameFor("GET", "/pets/{petId}/owners") // "get pets by petId owners" */
function nameFor(method: EndpointMethod, path: string): string {
  const parts = path.split("/").map((part) => part.replaceAll(/\{([^}]*)\}/g, " by $1 "));
  return `${method.toLowerCase()} ${parts.join(" ").trim() || "root"}`;
}
