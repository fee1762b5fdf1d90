import { type ImportedPlug, type ImportPlug, MAX_UNCHOSEN_OPERATIONS } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import { plugFromCurl } from "./curl/plug-from-curl.ts";
import { openApiOperations } from "./openapi/openapi-operations.ts";
import { plugFromOpenApi } from "./openapi/plug-from-openapi.ts";
import { readDocument } from "./openapi/read-document.ts";

/** A parser of YAML needs a fifth of a second per megabyte, during which the process does nothing else. */
export const MAX_YAML_LENGTH = 2 * 1024 * 1024;

/**
 * Answer a request for the source of a plug. Everything here happens in this process and at once, so what takes long is
 * refused: writing a thousand operations takes a second, in which webhooks would wait.
 *
 * @throws KhotanError `openapi_invalid`, `operation_unknown`, `curl_invalid`
 */
export function importPlug(wish: ImportPlug): ImportedPlug {
  const { curl, only, name, source, check } = wish;
  if (curl !== undefined) return answerOf(plugFromCurl(curl, { name }));
  const document = documentIn(wish.openapi);
  const options = { name, source, check };
  if (only !== undefined) return answerOf(plugFromOpenApi(document, { ...options, only }));
  const contents = openApiOperations(document, source);
  const operations = [...contents.operations];
  if (operations.length <= MAX_UNCHOSEN_OPERATIONS) {
    return { ...answerOf(plugFromOpenApi(document, options)), operations };
  }
  const plugName = name ?? contents.name;
  return { name: plugName, path: pathOf(plugName), source: null, operations, warnings: [] };
}

function answerOf({ name, code, warnings }: ReturnType<typeof plugFromCurl>): ImportedPlug {
  return { name, path: pathOf(name), source: code, warnings: [...warnings] };
}

const pathOf = (name: string): string => `src/khotan/plugs/${name}.ts`;

/** Read a text once, although what is in it is looked at twice. */
function documentIn(openapi: ImportPlug["openapi"]): unknown {
  if (typeof openapi !== "string") return openapi;
  if (/^\s*https?:\/\/\S+\s*$/i.test(openapi)) {
    throw invalid("is an address", "Nothing is fetched here: send the document that is there.");
  }
  const json = jsonIn(openapi);
  if (json !== undefined) return json;
  if (openapi.length > MAX_YAML_LENGTH) {
    throw invalid("is more than 2 MiB of YAML", "Convert it to JSON, or use plugFromOpenApi() in a script.");
  }
  return readDocument(openapi).root.value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // read as YAML it works, or says where the mistake is
  }
}

function invalid(message: string, hint: string): KhotanError {
  return new KhotanError("openapi_invalid", `openapi: ${message}`, { hint, issues: [{ path: "openapi", message }] });
}
