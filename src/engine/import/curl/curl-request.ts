import type { ImportWarning } from "../import-warning.ts";
import { type CurlBody, curlData } from "./curl-body.ts";
import { curlError } from "./curl-error.ts";
import type { CurlAction } from "./curl-options.ts";
import { type CurlArguments, type CurlUse, readCurl } from "./read-curl.ts";
import { splitCommand } from "./split-command.ts";

/** The request that a command would send. Texts may hold shell variables, see `shellVariable`. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** In their order; those that curl adds by itself are not among them. */
  readonly headers: readonly (readonly [string, string])[];
  readonly cookies: readonly string[];
  readonly user: string | undefined;
  readonly body: CurlBody | undefined;
  /** What curl would call the body without a header: forms are its default. */
  readonly contentType: "form" | "json" | undefined;
  readonly warnings: readonly ImportWarning[];
}

/** Words that people put before a command. */
const PREFIX = /^(?:[A-Za-z_]\w*=.*|sudo|time|command|exec|env|\$|%|>)$/s;

/**
 * Read a command as people paste it.
 *
 * @throws KhotanError `curl_invalid`
 */
export function curlRequest(command: string): CurlRequest {
  const { commands, warnings } = splitCommand(command);
  const calls = commands.map(withoutPrefix).filter((words) => words.length > 0);
  const curl = calls.find(([name = ""]) => /(?:^|[/\\])curl(?:\.exe)?$/.test(name));
  if (curl === undefined) {
    throw curlError(
      "line 1, column 1",
      "this is not a curl command",
      "It begins with curl; in a browser's network panel choose Copy as cURL (bash).",
    );
  }
  const read = readCurl(curl.slice(1));
  return requestOf(read, [
    ...warnings,
    ...(calls.length > 1
      ? [{ path: "command", message: "only the first curl command is used, and nothing before and behind it" }]
      : []),
    ...read.warnings,
  ]);
}

function withoutPrefix(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !PREFIX.test(word));
  return start === -1 ? [] : words.slice(start);
}

function requestOf({ urls, uses }: CurlArguments, before: readonly ImportWarning[]): CurlRequest {
  const [first, second] = urls;
  if (first === undefined) throw curlError("url", "is missing", "Add the address that the command calls.");
  const { body, query, warnings: dataWarnings } = curlData(uses);
  const has = (action: CurlAction): boolean => uses.some((use) => use.action === action);
  const lastOf = (action: CurlAction): string | undefined => uses.findLast((use) => use.action === action)?.value;
  const usual = has("head") ? "HEAD" : has("upload") ? "PUT" : body ? "POST" : "GET";
  const headers = uses.flatMap(headersIn);
  const asksForJson = has("json") && !headers.some(([name]) => name.toLowerCase() === "accept");
  const files = uses.filter(isFile);
  return {
    method: (lastOf("request") ?? usual).toUpperCase(),
    url: query.length > 0 ? `${first}${first.includes("?") ? "&" : "?"}${query.join("&")}` : first,
    headers: asksForJson ? [...headers, ["Accept", "application/json"]] : headers,
    cookies: uses.filter((use) => use.action === "cookie" && !isFile(use)).map(({ value }) => value),
    user: lastOf("user"),
    body,
    contentType: has("json") ? "json" : body?.kind === "text" ? "form" : undefined,
    warnings: [
      ...before,
      ...(second === undefined ? [] : [{ path: "url", message: "only the first address of the command is used" }]),
      ...dataWarnings,
      ...files.map(({ written }) => ({ path: written, message: "its value is in a file, which is not read" })),
    ],
  };
}

/** Headers and cookies that stand in a file. */
const isFile = ({ action, value }: CurlUse): boolean =>
  (action === "header" && value.startsWith("@")) || (action === "cookie" && !value.includes("="));

function headersIn(use: CurlUse): readonly (readonly [string, string])[] {
  const { action, value } = use;
  if (action === "bearer") return [["Authorization", `Bearer ${value}`]];
  if (action === "agent") return [["User-Agent", value]];
  if (action === "referer") return [["Referer", value.replace(/;auto$/, "")]];
  return action === "header" && !isFile(use) ? headerLine(value) : [];
}

/** `Name: value`; `Name;` is a header without a value, `Name:` removes one of curl's own. */
function headerLine(line: string): readonly (readonly [string, string])[] {
  const colon = line.indexOf(":");
  if (colon === -1) return line.endsWith(";") ? [[line.slice(0, -1), ""]] : [];
  const value = line.slice(colon + 1).trim();
  return value === "" ? [] : [[line.slice(0, colon).trim(), value]];
}
