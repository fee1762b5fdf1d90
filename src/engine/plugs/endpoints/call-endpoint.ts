import type { z } from "zod";
import { pathText } from "../check-plug.ts";
import { PlugSchemaError } from "../errors/plug-schema-error.ts";
import { fillPath, type PathParamValue } from "../http/fill-path.ts";
import type { PageRequest } from "../pagination/pagination.ts";
import type { PlugSession } from "../plug-session.ts";
import type { PlugResponse, RequestOptions } from "../request-options.ts";
import { send } from "../send.ts";
import type { EndpointDefinition, ResponseCheck } from "./endpoint-definition.ts";

/** What a call of an endpoint takes, its types erased. */
export interface LooseEndpointInput
  extends Pick<RequestOptions, "vars" | "timeout" | "retry" | "idempotencyKey" | "idempotent" | "signal"> {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly check?: ResponseCheck;
  /** One page of a paged walk: laid over the checked input, whose schemas need not know of it. */
  readonly page?: PageRequest;
}

interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * Call a declared endpoint: check what goes out, send it, check what comes back.
 *
 * @throws PlugSchemaError `request_invalid` before anything is sent, `response_invalid` or `status_undeclared` after.
 */
export async function callEndpoint(
  session: PlugSession,
  name: string,
  endpoint: EndpointDefinition,
  input: LooseEndpointInput = {},
): Promise<PlugResponse> {
  const { path, options } = await checkedRequest(session, name, endpoint, input);
  const response = await send(session, {
    method: endpoint.method,
    path,
    options,
    endpoint: name,
    accepts: input.page ? undefined : (status) => Object.hasOwn(endpoint.responses, status),
  });
  return checkedAnswer(session, name, endpoint, input.check ?? endpoint.check ?? "strict", response);
}

async function checkedRequest(
  session: PlugSession,
  name: string,
  endpoint: EndpointDefinition,
  input: LooseEndpointInput,
): Promise<{ path: string; options: RequestOptions }> {
  const issues: Issue[] = [];
  const part = async (label: "params" | "query" | "headers" | "body"): Promise<unknown> => {
    const schema = endpoint[label];
    if (!schema) return undefined;
    const given = input[label];
    // An object whose fields are all optional may be left out as a whole.
    const checked = await schema.safeParseAsync(given === undefined && label !== "body" ? {} : given);
    if (checked.success) return checked.data;
    issues.push(...issuesOf(label, checked.error));
    return undefined;
  };
  const [params, query, headers] = [await part("params"), await part("query"), await part("headers")];
  let body = await part("body");
  if (issues.length > 0) throw requestError(session, name, issues);
  const { vars, timeout = endpoint.timeout, retry = endpoint.retry, idempotencyKey, idempotent, signal } = input;
  const { page } = input;
  if (page?.body) body = { ...(isObject(body) ? body : {}), ...page.body };
  const sent = body === undefined ? {} : endpoint.bodyType === "form" && isObject(body) ? { form: body } : { body };
  return {
    path: page?.url ?? filled(session, name, endpoint.path, params),
    options: {
      ...sent,
      query: page?.url ? undefined : { ...(isObject(query) ? query : {}), ...page?.query },
      headers: { ...(isObject(headers) ? textHeaders(headers) : {}), ...page?.headers },
      vars,
      timeout,
      retry,
      idempotencyKey,
      idempotent,
      signal,
    },
  };
}

function filled(session: PlugSession, name: string, path: string, params: unknown): string {
  if (!isObject(params)) return path;
  const values: Record<string, PathParamValue> = {};
  for (const [key, value] of Object.entries(params)) {
    values[key] =
      typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? value
        : String(value ?? "");
  }
  try {
    return fillPath(path, values);
  } catch (error) {
    const message = error instanceof Error ? error.message : "is not valid";
    throw requestError(session, name, [{ path: "params", message }]);
  }
}

async function checkedAnswer(
  session: PlugSession,
  name: string,
  endpoint: EndpointDefinition,
  check: ResponseCheck,
  response: PlugResponse,
): Promise<PlugResponse> {
  if (check === "off") return response;
  const schema = endpoint.responses[response.status];
  const verdict = schema ? await schema.safeParseAsync(response.body) : null;
  if (verdict?.success) return check === "strict" ? { ...response, body: verdict.data } : response;
  const issues = verdict
    ? issuesOf("body", verdict.error)
    : [{ path: "status", message: `${response.status} is not declared` }];
  if (check === "warn") {
    session.binding.log?.("warn", `${session.core.name}.${name} answered something else than declared`, { issues });
    return response;
  }
  throw new PlugSchemaError({
    code: verdict ? "response_invalid" : "status_undeclared",
    plug: session.core.name,
    message: `${session.core.name}.${name} answered ${response.status} with something else than declared: ${summary(issues)}`,
    hint: verdict
      ? 'Correct the schema, or let it pass with check: "warn".'
      : `Declare ${response.status} in the endpoint's responses.`,
    issues,
    retryable: false,
    side: "response",
    status: response.status,
  });
}

function requestError(session: PlugSession, name: string, issues: readonly Issue[]): PlugSchemaError {
  return new PlugSchemaError({
    code: "request_invalid",
    plug: session.core.name,
    message: `${session.core.name}.${name} was not called, its input is not valid: ${summary(issues)}`,
    hint: "Correct the input; nothing was sent.",
    issues,
    retryable: false,
    side: "request",
    status: null,
  });
}

/** Zod's messages name types and keys, never values. */
const issuesOf = (root: string, error: z.ZodError): Issue[] =>
  error.issues.map((issue) => ({ path: pathText([root, ...issue.path]), message: issue.message }));

function summary(issues: readonly Issue[]): string {
  const shown = issues.slice(0, 3).map((issue) => `${issue.path}: ${issue.message}`);
  return shown.join("; ") + (issues.length > 3 ? `; and ${issues.length - 3} more` : "");
}

function textHeaders(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === undefined || value === null ? undefined : String(value),
    ]),
  );
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
