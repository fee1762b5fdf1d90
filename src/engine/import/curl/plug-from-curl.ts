import { ENDPOINT_METHODS, type EndpointMethod } from "../../plugs/endpoints/endpoint-definition.ts";
import { authExpression } from "../auth/auth-expression.ts";
import { arrow, string, text } from "../code/expression.ts";
import type { ImportWarning } from "../import-warning.ts";
import { plugFile } from "../plug-file/plug-file.ts";
import type { EndpointModel, VarModel } from "../plug-file/plug-model.ts";
import { checkedPlugName, hostName } from "../plug-file/plug-name.ts";
import { NOTHING, UNKNOWN } from "../schema/schema-node.ts";
import { curlError } from "./curl-error.ts";
import { type CurlRequest, curlRequest } from "./curl-request.ts";
import { endpointName } from "./endpoint-name.ts";
import { isSecretValue } from "./looks-secret.ts";
import { readAddress } from "./read-address.ts";
import { readCredentials } from "./read-credentials.ts";
import { readCurlBody } from "./read-curl-body.ts";
import { readPairs } from "./read-pairs.ts";
import { readPath } from "./read-path.ts";
import { staticHeaders } from "./static-headers.ts";

export interface CurlImportOptions {
  /** The plug's name; default: from the host. */
  readonly name?: string;
}

export interface CurlImport {
  /** The plug's name. */
  readonly name: string;
  /** A TypeScript file that defines the plug, formatted. */
  readonly code: string;
  /** What the plug does not do as the command does, or what is a guess. */
  readonly warnings: readonly ImportWarning[];
}

/**
 * Turn a curl command, as documentation and browsers give it, into the source of a plug with one endpoint. Nothing is run
 * and nothing is sent. Credentials become secret variables; no value of them is in the code, in warnings or in errors.
 *
 * @throws KhotanError `curl_invalid` with the place of the mistake
 *
 * @example
 * const { code } = plugFromCurl(`curl https://api.stripe.com/v1/customers -u sk_test_4eC39HqLyjWDarjtT1zdp7dc: -d "name=Jo"`);
 * // vars: apiKey (secret) · POST /customers · body: z.object({ name: z.string() }), sent as a form
 */
export function plugFromCurl(command: string, options: CurlImportOptions = {}): CurlImport {
  const request = curlRequest(command);
  const address = readAddress(request.url);
  const method = methodOf(request);
  const warnings = [...request.warnings];
  const warn = (path: string, message: string): void => {
    warnings.push({ path, message });
  };
  if (address.isSchemeGuessed) warn("url", `names no scheme; taken as ${address.origin}`);

  const path = readPath(address.segments, method !== "POST");
  for (const word of path.guessed) warn("url", `"${word}" in the path is taken for an id`);
  const credentials = readCredentials(request.headers, address.query, request.user ?? address.user, request.cookies);
  if (credentials.places.some((place) => place.kind === "bearer" && SIGNS.test(place.scheme ?? ""))) {
    warn(
      "-H",
      "this Authorization is made anew for each request; use hmacSigned(), oauth2() or custom() instead of bearer()",
    );
  }
  if (credentials.places.some(({ kind }) => kind === "cookie"))
    warn("cookie", "cookies of a browser expire; look for an API key");
  const named = credentials.query.filter(([key, value]) => value !== "" || !isSecretValue(key));
  if (named.length < credentials.query.length) warn("url", "something in the query has no name; it is left out");
  const query = readPairs(named, true);
  const body = readCurlBody(request, method, warn);

  const name =
    options.name === undefined
      ? (hostName(address.origin ?? "") ?? "api")
      : checkedPlugName(options.name, "curl_invalid");
  const base = baseOf(address.origin, path.base);
  const code = plugFile({
    name,
    doc: ["From a curl command, so its schemas know one example: check what is optional, and describe the answers."],
    baseUrl: base.expression,
    auth: authExpression(credentials.places),
    vars: [...credentials.vars, ...base.vars],
    ...staticHeaders(credentials.headers, body?.contentType, warn),
    arrayFormat: [body?.arrayFormat, query.arrayFormat].find((format) => format !== undefined && format !== "repeat"),
    schemas: new Map(),
    endpoints: [
      {
        name: endpointName(method, path),
        method,
        path: path.path,
        params: path.params.length > 0 ? { kind: "object", properties: path.params, rest: null } : undefined,
        query: named.length > 0 ? query.shape : undefined,
        body: body?.model,
        responses: responsesOf(method),
        check: "warn",
      },
    ],
  });
  return { name, code, warnings };
}

/** Schemes whose credentials hold for one request. */
const SIGNS = /hmac|aws4|digest|signature|^oauth$|^hawk$/i;

function methodOf({ method }: CurlRequest): EndpointMethod {
  const known = ENDPOINT_METHODS.find((each) => each === method);
  if (known) return known;
  throw curlError("-X", `${method.slice(0, 20)} is no method of an endpoint`, `Use ${ENDPOINT_METHODS.join(", ")}.`);
}

function baseOf(
  origin: string | undefined,
  prefix: string,
): { readonly expression: ReturnType<typeof string>; readonly vars: readonly VarModel[] } {
  if (origin !== undefined) return { expression: string(origin + prefix), vars: [] };
  const help = prefix === "" ? "Where the API is." : `Where the API is, up to and with ${prefix}.`;
  return {
    expression: arrow("(vars)", text("vars.baseUrl")),
    vars: [{ key: "baseUrl", label: "Base URL", type: "url", required: true, help }],
  };
}

/** A command says nothing about the answer: the usual statuses, any body. */
function responsesOf(method: EndpointMethod): EndpointModel["responses"] {
  if (method === "HEAD") return [{ status: 200, schema: NOTHING }];
  const ok = { status: 200, schema: UNKNOWN };
  if (method === "GET" || method === "OPTIONS") return [ok];
  return method === "POST" ? [ok, { status: 201, schema: UNKNOWN }] : [ok, { status: 204, schema: NOTHING }];
}
