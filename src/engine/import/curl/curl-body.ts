import type { ImportWarning } from "../import-warning.ts";
import type { CurlAction } from "./curl-options.ts";
import type { CurlUse } from "./read-curl.ts";

export interface CurlBody {
  readonly kind: "text" | "multipart" | "file";
  readonly text: string;
  /** The names of a multipart's fields. */
  readonly fields: readonly string[];
}

export interface CurlData {
  readonly body: CurlBody | undefined;
  /** Pieces of a query: `--url-query`, and with `-G` the data. */
  readonly query: readonly string[];
  readonly warnings: readonly ImportWarning[];
}

const DATA: ReadonlySet<CurlAction> = new Set(["data", "binaryData", "rawData", "encodedData", "json", "upload"]);

/** What a command sends besides headers. */
export function curlData(uses: readonly CurlUse[]): CurlData {
  const warnings: ImportWarning[] = [];
  const pieces = uses.filter(({ action }) => DATA.has(action)).map((use) => ({ use, text: dataText(use) }));
  for (const { use, text } of pieces) {
    if (text === null) warnings.push({ path: use.written, message: "the body is in a file, which is not read" });
  }
  const texts = pieces.flatMap(({ text }) => (text === null ? [] : [text]));
  const joined = texts.join(uses.some(({ action }) => action === "json") ? "" : "&");
  const isFile = texts.length < pieces.length;
  const inQuery = uses.some(({ action }) => action === "get");
  const fields = uses.filter(({ action }) => action === "form").map(({ value }) => value.split("=")[0] ?? "");
  const query = uses.filter(({ action }) => action === "urlQuery").map(({ value }) => queryText(value));
  return { body: bodyOf(), query: inQuery && joined !== "" ? [...query, joined] : query, warnings };

  function bodyOf(): CurlBody | undefined {
    if (fields.length > 0) return { kind: "multipart", text: "", fields };
    if (inQuery || pieces.length === 0) return undefined;
    return { kind: isFile ? "file" : "text", text: joined, fields: [] };
  }
}

/** `null` for a file. */
function dataText({ action, value }: CurlUse): string | null {
  if (action === "rawData") return value;
  if (action === "encodedData") return encoded(value);
  return action === "upload" || value.startsWith("@") ? null : value;
}

/** `content`, `=content`, `name=content`; `@file` and `name@file` are files. */
function encoded(value: string): string | null {
  const [, name = "", sign = "=", content = ""] = /^([^=@]*)([=@])([\s\S]*)$/.exec(value) ?? ["", "", "=", value];
  if (sign === "@") return null;
  return `${name === "" ? "" : `${name}=`}${encodeURIComponent(content)}`;
}

const queryText = (value: string): string => (value.startsWith("+") ? value.slice(1) : (encoded(value) ?? ""));
