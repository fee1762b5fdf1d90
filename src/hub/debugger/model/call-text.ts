import type { DebugEndpoint, DebugSend } from "../../../contract/index.ts";
import { isObject } from "./schema.ts";

/**
 * The same call as a line of TypeScript, for the code of a handler or a flow.
 *
 * @example callText("sandbox", endpoint, { path: "/orders/:id", params: { id: "or_1" } })
 * // 'const answer = await sandbox.call("getOrder", {\n  params: { id: "or_1" },\n});'
 */
export function callText(
  plug: string,
  endpoint: Pick<DebugEndpoint, "name" | "path"> | null,
  request: DebugSend,
): string {
  const { method = "GET", path = "/", params, query, headers, body } = request;
  const parts = Object.entries({ params, query, headers, body }).filter(([, value]) => value !== undefined);
  const name = /^[A-Za-z_$][\w$]*$/.test(plug) ? plug : camelCase(plug);
  const call =
    endpoint && endpoint.path === path
      ? `call(${JSON.stringify(endpoint.name)}`
      : `request(${JSON.stringify(method)}, ${JSON.stringify(path)}`;
  if (parts.length === 0) return `const answer = await ${name}.${call});`;
  const lines = parts.map(([key, value]) => `  ${key}: ${literal(value, 1)},`);
  return `const answer = await ${name}.${call}, {\n${lines.join("\n")}\n});`;
}

const WIDTH = 72;

/** JSON as one would write it in TypeScript: bare keys, short things on one line. */
function literal(value: unknown, depth: number): string {
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, depth + 1))
    : isObject(value)
      ? Object.entries(value).map(([key, item]) => `${keyText(key)}: ${literal(item, depth + 1)}`)
      : null;
  if (parts === null) return JSON.stringify(value) ?? "undefined";
  const [start, end, gap] = Array.isArray(value) ? ["[", "]", ""] : ["{", "}", " "];
  if (parts.length === 0) return start + end;
  const short = `${start}${gap}${parts.join(", ")}${gap}${end}`;
  if (short.length + depth * 2 <= WIDTH && !short.includes("\n")) return short;
  const indent = "  ".repeat(depth + 1);
  return `${start}\n${parts.map((part) => `${indent}${part},`).join("\n")}\n${"  ".repeat(depth)}${end}`;
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

const camelCase = (name: string): string =>
  name.replace(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, letter: string) => letter.toUpperCase()).replace(/^(\d)/, "_$1");
