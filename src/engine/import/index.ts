/** Turn what exists into plugs. */
export { type CurlImport, type CurlImportOptions, plugFromCurl } from "./curl/plug-from-curl.ts";
export type { ImportWarning } from "./import-warning.ts";
export { type OpenApiContents, type OpenApiOperation, openApiOperations } from "./openapi/openapi-operations.ts";
export {
  type ImportedEndpoint,
  type OpenApiImport,
  type OpenApiImportOptions,
  plugFromOpenApi,
} from "./openapi/plug-from-openapi.ts";
