import type { BuiltRequest } from "./build-request.ts";

/**
 * Write a call as a curl command. The key is always the variable `$KHOTAN_API_KEY`, never its value.
 *
 * @param origin put before a relative URL, e.g. `https://hub.example.com`.
 * @example toCurl({ method: "POST", url: "/api/khotan/runs/run_1/retry", body: undefined }, "http://localhost:3000")
 */
export function toCurl(request: BuiltRequest, origin = ""): string {
  const url = request.url.startsWith("/") ? origin + request.url : request.url;
  const lines = [`curl${request.method === "GET" ? "" : ` -X ${request.method}`} ${quote(url)}`];
  lines.push(`-H "authorization: Bearer $KHOTAN_API_KEY"`);
  if (request.body !== undefined) {
    lines.push(`-H "content-type: application/json"`, `-d ${quote(JSON.stringify(request.body))}`);
  }
  return lines.join(" \\\n  ");
}

/** Quote for a POSIX shell; plain words stay bare. */
const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
