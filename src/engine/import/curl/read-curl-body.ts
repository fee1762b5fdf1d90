import type { ArrayFormat } from "../../plugs/index.ts";
import type { EndpointModel } from "../plug-file/plug-model.ts";
import { inferSchema } from "../schema/infer-schema.ts";
import { type SchemaNode, UNKNOWN } from "../schema/schema-node.ts";
import type { CurlRequest } from "./curl-request.ts";
import { isSecretValue } from "./looks-secret.ts";
import { readPairs } from "./read-pairs.ts";
import { hasVariables, replaceVariables } from "./shell-variable.ts";

export interface CurlBodyShape {
  readonly model: NonNullable<EndpointModel["body"]>;
  readonly arrayFormat: ArrayFormat | undefined;
  /** What the plug must be told to call it, because by itself it would call it something else. */
  readonly contentType: string | undefined;
}

/** What curl calls data when the command does not say. */
const FORM = "application/x-www-form-urlencoded";

/** The shape of what a command sends. Its values are not kept. */
export function readCurlBody(
  request: CurlRequest,
  method: string,
  warn: (path: string, message: string) => void,
): CurlBodyShape | undefined {
  const { body } = request;
  if (body === undefined) return undefined;
  if (method === "GET" || method === "HEAD") {
    warn("-d", `a ${method} has no body; it is left out. Did the command want -G?`);
    return undefined;
  }
  const given = request.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const saysJson = request.contentType === "json" || /\bjson\b/i.test(given);
  if (body.kind === "multipart") {
    warn("-F", `give a FormData with the fields ${body.fields.join(", ")}`);
    return shape({ kind: "instance", of: "FormData" });
  }
  const told = (own: string): string | undefined => (given === "" || essence(given) === own ? undefined : given);
  if (body.kind === "file") {
    return saysJson
      ? shape(UNKNOWN, told("application/json"))
      : shape({ kind: "instance", of: "Uint8Array" }, told("application/octet-stream"));
  }
  if (body.text === "") return undefined; // `-d ''` is how a POST of nothing is written

  const sample = jsonIn(body.text);
  if (saysJson) {
    if (sample === undefined) warn("-d", "is not the JSON that its header promises; any body fits");
    return shape(sample === undefined ? UNKNOWN : inferSchema(sample.value), told("application/json"));
  }
  if (sample !== undefined && typeof sample.value === "object" && sample.value !== null && isForm(given)) {
    warn("-d", "reads like JSON and is sent as JSON; curl itself would call it a form");
    return shape(inferSchema(sample.value));
  }
  if (!isForm(given) || !body.text.includes("=")) {
    return shape({ kind: "string" }, given === "" ? FORM : told("text/plain"));
  }
  const pairs = [...new URLSearchParams(body.text)].filter(([name, value]) => value !== "" || !isSecretValue(name));
  const { shape: form, arrayFormat } = readPairs(pairs, false);
  return { model: { schema: form, optional: false, form: true }, arrayFormat, contentType: undefined };
}

const shape = (schema: SchemaNode, contentType?: string): CurlBodyShape => ({
  model: { schema, optional: false, form: false },
  arrayFormat: undefined,
  contentType,
});

/** @example essence("Text/Plain; charset=utf-8") // "text/plain" */
const essence = (contentType: string): string => (contentType.split(";")[0] ?? "").trim().toLowerCase();

/** Without a header curl says that it is a form. */
const isForm = (contentType: string): boolean => contentType === "" || /x-www-form-urlencoded/i.test(contentType);

/** A variable of the shell inside of a text is a text, outside most likely a number. */
function jsonIn(text: string): { readonly value: unknown } | undefined {
  const candidates = hasVariables(text)
    ? [
        replaceVariables(text, (name) => name),
        replaceVariables(text, () => "0"),
        replaceVariables(text, () => '"text"'),
      ]
    : [text];
  for (const candidate of candidates) {
    try {
      return { value: JSON.parse(candidate) };
    } catch {
      // the next way to read it
    }
  }
  return undefined;
}
