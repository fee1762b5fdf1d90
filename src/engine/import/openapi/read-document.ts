import { parseDocument } from "yaml";
import { KhotanError } from "../../errors.ts";
import { documentError, isRecord, type Place } from "./place.ts";

/** How often a YAML document may use its anchors: more is an attack ("billion laughs"), not a description. */
const MAX_ALIASES = 10_000;

export interface OpenApiDocument {
  readonly root: Place;
  /** 3.1 and later: JSON Schema 2020-12. */
  readonly isJsonSchema: boolean;
}

/**
 * Take an OpenAPI 3.0 or 3.1 document: an object, or its JSON or YAML text.
 *
 * @throws KhotanError `openapi_invalid`
 */
export function readDocument(document: unknown): OpenApiDocument {
  const value = typeof document === "string" ? parsed(document) : document;
  const root: Place = { value, path: [] };
  if (!isRecord(value)) {
    throw documentError(root, "is not an object", "Give the parsed OpenAPI document, or its JSON or YAML text.");
  }
  if (value.swagger !== undefined) {
    throw documentError(
      { value: value.swagger, path: ["swagger"] },
      "this is Swagger 2.0",
      "Convert it to OpenAPI 3 first, e.g. with the editor at https://editor.swagger.io.",
    );
  }
  const version = typeof value.openapi === "string" ? value.openapi : "";
  if (!/^3\.\d/.test(version)) {
    throw documentError(
      { value: value.openapi, path: ["openapi"] },
      value.openapi === undefined ? "is missing" : "is not a version this understands",
      'OpenAPI 3.0 and 3.1 are understood: `"openapi": "3.0.3"`.',
    );
  }
  if (!isRecord(value.paths)) {
    throw documentError(
      { value: value.paths, path: ["paths"] },
      value.paths === undefined ? "is missing" : "is not an object",
      "A document without paths has no operations to call.",
    );
  }
  return { root, isJsonSchema: !version.startsWith("3.0") };
}

function parsed(source: string): unknown {
  const text = source.replace(/^\uFEFF/, "");
  if (/^\s*[{[]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML's flow style begins like JSON; its parser also says where the mistake is
    }
  }
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error) {
    const [start] = error.linePos ?? [];
    const path = start ? `line ${start.line}, column ${start.col}` : "(document)";
    const message = error.message.split("\n")[0]?.replace(/ at line .*$/, "") ?? "cannot be read";
    throw new KhotanError("openapi_invalid", `${path}: ${message}`, {
      hint: "The text is neither JSON nor YAML.",
      issues: [{ path, message }],
    });
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw documentError(
      { value: undefined, path: [] },
      "uses its anchors too often",
      "Write the repeated parts as `$ref`s to components.",
      cause,
    );
  }
}
