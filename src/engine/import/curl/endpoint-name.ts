import { camelCase } from "../names/words.ts";
import type { ReadPath } from "./read-path.ts";
import { singular } from "./singular.ts";

const VERBS: Readonly<Record<string, string>> = { POST: "create", PUT: "replace", PATCH: "update", DELETE: "delete" };

/**
 * What a call does, in the words of its method and path.
 *
 * @example endpointName("GET", { words: ["customers"], endsWithId: true, … }) // "getCustomer"
 */
export function endpointName(method: string, { words, endsWithId }: Pick<ReadPath, "words" | "endsWithId">): string {
  const last = words.at(-1) ?? "root";
  const one = singular(last);
  const isCollection = one !== last;
  if (endsWithId) return camelCase(`${VERBS[method] ?? "get"} ${one}`);
  if (method === "GET" || method === "HEAD") return camelCase(`${isCollection ? "list" : "get"} ${last}`);
  if (method === "POST" && !isCollection) return camelCase(last);
  return camelCase(`${VERBS[method] ?? "call"} ${one}`);
}
