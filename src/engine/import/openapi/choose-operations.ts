import { KhotanError } from "../../errors.ts";
import { closestName } from "../names/closest-name.ts";
import type { Operation } from "./list-operations.ts";

/**
 * The operations that were asked for, by `operationId`, endpoint name or "GET /path"; all without a wish.
 *
 * @throws KhotanError `operation_unknown`, with the one that was probably meant
 */
export function chooseOperations(
  operations: readonly Operation[],
  only: readonly string[] | undefined,
): readonly Operation[] {
  if (only === undefined) return operations;
  const issues: { path: string; message: string }[] = [];
  const chosen = new Set<Operation>();
  for (const [index, wish] of only.entries()) {
    const found = find(operations, wish);
    if (found) chosen.add(found);
    else
      issues.push({
        path: `only[${index}]`,
        message: `there is no operation "${wish}"${suggestion(operations, wish)}`,
      });
  }
  if (only.length === 0) issues.push({ path: "only", message: "names no operation" });
  const [first] = issues;
  if (first) {
    throw new KhotanError("operation_unknown", `${first.path}: ${first.message}`, {
      hint: 'Name operations by their operationId, or as "GET /path"; leave `only` out for all of them.',
      issues,
    });
  }
  return operations.filter((operation) => chosen.has(operation));
}

function find(operations: readonly Operation[], wish: string): Operation | undefined {
  const line = normalised(wish);
  return (
    operations.find(({ operationId }) => operationId === wish) ??
    operations.find((operation) => lineOf(operation) === line) ??
    operations.find(({ name }) => name === wish)
  );
}

const lineOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** The method in capitals, one space, and the names in braces however they are written (`:id`). */
const normalised = (wish: string): string =>
  wish
    .trim()
    .replace(/^(\w+)\s+/, (_match, method: string) => `${method.toUpperCase()} `)
    .replaceAll(/\/:([\w-]+)/g, "/{$1}");

function suggestion(operations: readonly Operation[], wish: string): string {
  const isLine = /^\w+\s+\//.test(wish.trim());
  const known = isLine ? operations.map(lineOf) : operations.map(({ operationId, name }) => operationId ?? name);
  const closest = closestName(isLine ? normalised(wish) : wish, known);
  return closest === undefined ? "" : `; did you mean "${closest}"?`;
}
