import { array, call, type Expression, headsIn, object, string } from "../code/expression.ts";
import { constant } from "../code/print.ts";
import { camelCase } from "../names/words.ts";
import { schemaCode } from "../schema/schema-code.ts";
import { endpointExpression, optionalString } from "./endpoint-expression.ts";
import type { PlugModel } from "./plug-model.ts";
import { varExpression } from "./var-expression.ts";

/** What generated code may import from `khotan`. */
const KHOTAN_NAMES = new Set([
  "apiKey",
  "basic",
  "bearer",
  "custom",
  "fromVar",
  "none",
  "pagination",
  "plug",
  "tokenExchange",
]);

/** What a constant cannot be called. */
const RESERVED = new Set(
  "z await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval async of globalThis constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf escape unescape isFinite isNaN parseFloat parseInt".split(
    " ",
  ),
);

/**
 * A plug's source file: imports, the named schemas, the plug. Formatted as Biome (and Prettier) would, so that a formatter
 * finds nothing to do.
 */
export function plugFile(model: PlugModel): string {
  const { declarations, scope } = schemaCode(model.schemas);
  const options = object(
    [
      { key: "name", value: string(model.name) },
      { key: "label", value: optionalString(model.label) },
      { key: "description", value: optionalString(model.description) },
      { key: "docsUrl", value: optionalString(model.docsUrl) },
      { key: "baseUrl", value: model.baseUrl },
      { key: "auth", value: model.auth },
      { key: "headers", value: headersExpression(model.headers) },
      { key: "idempotencyHeader", value: optionalString(model.idempotencyHeader) },
      { key: "arrayFormat", value: optionalString(model.arrayFormat) },
      { key: "pagination", value: model.pagination },
      { key: "vars", value: model.vars.length > 0 ? array(model.vars.map(varExpression)) : undefined },
      {
        key: "endpoints",
        value: object(
          model.endpoints.map((endpoint) => ({
            key: endpoint.name,
            value: endpointExpression(endpoint, scope),
            ...(endpoint.note === undefined ? {} : { doc: endpoint.note }),
          })),
          true,
        ),
      },
    ],
    true,
  );
  const plug = constant(plugConstant(model.name), call("plug", options), { doc: model.doc });
  const names = [...new Set(["plug", ...headsIn(options)])].filter((name) => KHOTAN_NAMES.has(name)).sort();
  const imports = `import { ${names.join(", ")} } from "khotan";\nimport { z } from "zod";`;
  return `${[imports, ...declarations, plug].join("\n\n")}\n`;
}

/** @example plugConstant("acme-crm") // "acmeCrm" */
export function plugConstant(name: string): string {
  const constantName = camelCase(name);
  return RESERVED.has(constantName) || KHOTAN_NAMES.has(constantName) ? `${constantName}Plug` : constantName;
}

const headersExpression = (headers: Readonly<Record<string, string>> | undefined): Expression | undefined =>
  headers && Object.keys(headers).length > 0
    ? object(Object.entries(headers).map(([name, value]) => ({ key: name, value: string(value) })))
    : undefined;
