import type { ResponseCheck } from "../../plugs/index.ts";
import { firstSentence } from "../code/comment.ts";
import type { ImportWarning } from "../import-warning.ts";
import { plugFile } from "../plug-file/plug-file.ts";
import { checkedPlugName, plugNameFrom } from "../plug-file/plug-name.ts";
import { withoutBareCycles } from "../schema/bare-cycles.ts";
import { chooseOperations } from "./choose-operations.ts";
import { choosePagination } from "./choose-pagination.ts";
import { guessPagination } from "./guess-pagination.ts";
import { listOperations } from "./list-operations.ts";
import { at, documentError, type Place, textOf } from "./place.ts";
import { readDocument } from "./read-document.ts";
import { type ReadEndpoint, readEndpoint } from "./read-endpoint.ts";
import { readSecurity } from "./read-security.ts";
import { readServers } from "./read-servers.ts";
import { type SchemaReader, schemaReader } from "./schema-reader.ts";

export interface OpenApiImportOptions {
  /** Which operations, by `operationId` or as "GET /path"; default: all. */
  readonly only?: readonly string[];
  /** The plug's name; default: from the document's title. */
  readonly name?: string;
  /** Where the document is; stands in the file, and is the host of servers that are only a path. */
  readonly source?: string;
  /**
   * What happens with answers that do not fit, see `ResponseCheck`; default `strict`. Descriptions are often wrong about
   * answers (of the examples in GitHub's own one fifth do not fit): `warn` logs a misfit and hands the answer on.
   */
  readonly check?: ResponseCheck;
}

export interface ImportedEndpoint {
  /** What the plug calls it: `plug.call(name)`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  readonly summary: string | null;
  /** Whether it can be walked through with `plug.callPaged(name)`. */
  readonly paged: boolean;
}

export interface OpenApiImport {
  /** The plug's name. */
  readonly name: string;
  /** A TypeScript file that defines the plug, formatted. */
  readonly code: string;
  readonly endpoints: readonly ImportedEndpoint[];
  /** What the plug does not say, or what is a guess. */
  readonly warnings: readonly ImportWarning[];
}

/**
 * Turn an OpenAPI 3.0 or 3.1 document into the source of a plug: base URL, credentials, endpoints with Zod schemas, and
 * a guess at how lists are paged. The same document and options give the same text. Nothing is fetched.
 *
 * @param document the parsed document, or its JSON or YAML text
 * @throws KhotanError `openapi_invalid` with the place of the mistake, `operation_unknown` with the one probably meant
 *
 * @example
 * const { code } = plugFromOpenApi(await readFile("github.json", "utf8"), { only: ["repos/get", "GET /user"] });
 * await writeFile("src/khotan/plugs/github.ts", code);
 */
export function plugFromOpenApi(document: unknown, options: OpenApiImportOptions = {}): OpenApiImport {
  const read = readDocument(document);
  const { root } = read;
  const { source, check } = options;
  const all = listOperations(root);
  if (all.length === 0) {
    throw documentError(
      at(root, "paths"),
      "has no operations",
      "A path needs get, post, put, patch, delete, head or options.",
    );
  }
  const operations = chooseOperations(all, options.only);
  const reader = schemaReader(read);
  const title = textOf(at(root, "info", "title"));
  const server = readServers(root, source, reader);
  const name =
    options.name === undefined ? plugNameFrom(title, server.url) : checkedPlugName(options.name, "openapi_invalid");
  const security = readSecurity(operations, server.url ?? source, reader);
  const ends = operations.map((operation) => readEndpoint(operation, server.url, source, reader));
  const schemas = withoutBareCycles(reader.named(), (schema) =>
    reader.warn(at(root, "components", "schemas"), `"${schema}" contains itself without anything around it`),
  );
  const guesses = ends.map(({ paged }) => (paged ? guessPagination(paged, schemas) : undefined));
  const { usual, endpoints } = choosePagination(
    ends.map(({ endpoint }) => endpoint),
    guesses,
  );
  const label = firstSentence(title, 80);
  const code = plugFile({
    name,
    label,
    description: firstSentence(textOf(at(root, "info", "description")), 200),
    docsUrl: docsUrlOf(root),
    doc: [label ?? name, ...(source === undefined ? [] : [`Source: ${source}`])],
    baseUrl: server.baseUrl,
    auth: security.auth,
    vars: [...security.vars, ...server.vars],
    arrayFormat: joinsLists(ends, reader) ? "comma" : undefined,
    pagination: usual,
    schemas,
    endpoints: check === undefined ? endpoints : endpoints.map((endpoint) => ({ ...endpoint, check })),
  });
  const imported = operations.map((operation, index) => ({
    name: operation.name,
    method: operation.method,
    path: operation.path,
    operationId: operation.operationId ?? null,
    summary: ends[index]?.endpoint.summary ?? null,
    paged: guesses[index] !== undefined,
  }));
  return { name, code, endpoints: imported, warnings: reader.warnings };
}

function docsUrlOf(root: Place): string | undefined {
  const url = textOf(at(root, "externalDocs", "url"));
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** A plug writes all its lists in one way: the one that most parameters want. */
function joinsLists(ends: readonly ReadEndpoint[], reader: SchemaReader): boolean {
  const explodes = ends.flatMap((end) => end.explodes);
  const joined = explodes.filter((explode) => !explode).length;
  const isJoined = joined > explodes.length / 2;
  if (joined > 0 && joined < explodes.length) {
    const others = isJoined ? "by repeating the name" : "by commas";
    reader.warn(
      at(reader.document.root, "paths"),
      `some parameters want lists written ${others}; the plug writes all in one way`,
    );
  }
  return isJoined;
}
