import type { AuthStrategy } from "./auth/auth-strategy.ts";
import { none } from "./auth/none.ts";
import { breakerRules } from "./breaker-rules.ts";
import { checkPlug } from "./check-plug.ts";
import { clientMethods } from "./client-methods.ts";
import type { EndpointMap } from "./endpoints/endpoint-definition.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import { baseUrlProblem } from "./http/resolve-url.ts";
import { DEFAULT_TIMEOUTS, timeoutsFrom } from "./http/timeouts.ts";
import type { PlugCore } from "./plug-core.ts";
import type { AnyPlug, BoundPlug, Plug } from "./plug-definition.ts";
import type { PlugOptions } from "./plug-options.ts";
import { PlugSession, withDefaults } from "./plug-session.ts";
import { DEFAULT_RETRY, retryPolicy } from "./retry/retry-policy.ts";
import type { VarDefinition, VarField, VarRecord } from "./vars/var-definition.ts";

const DEFAULT_MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/**
 * Define a plug: the HTTP client for one external API.
 *
 * @example
 * export const stripe = plug({
 *   name: "stripe",
 *   baseUrl: "https://api.stripe.com/v1",
 *   vars: [{ key: "apiKey", label: "Secret key", type: "password", required: true }],
 *   auth: bearer(fromVar("apiKey")),
 *   idempotencyHeader: "Idempotency-Key",
 * });
 * const { data } = await stripe.get<{ data: Invoice[] }>("/invoices", { vars: { apiKey: "sk_test_…" } });
 *
 * @throws PlugConfigError `plug_invalid` with the path of each mistake, when the plug is defined and not first when it is used.
 */
export function plug<
  const Vars extends readonly VarDefinition[] = readonly [],
  const Endpoints extends EndpointMap = Record<never, never>,
>(options: PlugOptions<Vars, Endpoints>): Plug<Vars, Endpoints> {
  // The types of variables and endpoints exist only for the compiler: inside, every plug is the same. Checked by
  // `checkPlug` at run time, and by the type tests on the outside.
  return definePlug(options as unknown as AnyPlugOptions) as unknown as Plug<Vars, Endpoints>;
}

type AnyPlugOptions = PlugOptions<readonly VarDefinition[], EndpointMap>;

function definePlug(options: AnyPlugOptions): AnyPlug {
  const { issues, fields } = checkPlug(options);
  if (issues.length > 0) throw invalid(options, issues);
  const core = coreOf(options, fields);
  const { auth, exchanges = true } = options;
  return Object.freeze({
    kind: "plug",
    name: options.name,
    label: options.label ?? options.name,
    description: options.description ?? null,
    docsUrl: options.docsUrl ?? null,
    baseUrl: typeof options.baseUrl === "string" ? options.baseUrl : null,
    authKind: auth === undefined ? "none" : typeof auth === "function" ? "dynamic" : auth.kind,
    fields,
    endpoints: core.endpoints,
    rateLimit: core.rateLimit,
    concurrency: core.concurrency,
    breaker: breakerRules(options.breaker),
    exchangeSample: typeof exchanges === "object" ? exchanges.sample : exchanges ? 1 : 0,
    resolveBaseUrl: (vars) => resolveBaseUrl(core, vars),
    resolveAuth: (vars) => resolveAuth(core, vars),
    bind: (binding) => boundPlug(new PlugSession(core, binding)),
    ...clientMethods(new PlugSession(core, { tenant: "default", vars: {} })),
  } satisfies AnyPlug);
}

function boundPlug(session: PlugSession): BoundPlug {
  return {
    name: session.core.name,
    tenant: session.binding.tenant,
    get vars() {
      return session.vars;
    },
    setVars: (changes) => session.setVars(changes),
    ...clientMethods(session),
  };
}

function coreOf(options: AnyPlugOptions, fields: readonly VarField[]): PlugCore {
  const { baseUrl, auth = none(), headers = {} } = options;
  return {
    name: options.name,
    baseUrlOf: typeof baseUrl === "string" ? () => baseUrl : baseUrl,
    guarded: typeof baseUrl !== "string",
    authOf: typeof auth === "function" ? auth : () => auth,
    fields,
    timeouts: timeoutsFrom(options.timeout, DEFAULT_TIMEOUTS),
    retry: retryPolicy(options.retry, DEFAULT_RETRY),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    hooks: options.hooks ?? {},
    idempotencyHeader: options.idempotencyHeader ?? null,
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    arrays: options.arrayFormat ?? "repeat",
    endpoints: options.endpoints ?? {},
    pagination: options.pagination ?? null,
    rateLimit: options.rateLimit ?? null,
    concurrency: options.concurrency ?? null,
    traceparent: options.traceparent ?? true,
  };
}

function resolveBaseUrl(core: PlugCore, vars: VarRecord): string | null {
  try {
    const url = core.baseUrlOf(withDefaults(core, vars));
    return baseUrlProblem(url) === null ? url : null;
  } catch {
    return null; // the variables it needs are not set yet
  }
}

function resolveAuth(core: PlugCore, vars: VarRecord): AuthStrategy | null {
  try {
    return core.authOf(withDefaults(core, vars)) ?? null; // plain JavaScript may choose nothing
  } catch {
    return null; // the variables it chooses by are not set yet
  }
}

function invalid(options: unknown, issues: readonly { path: string; message: string }[]): PlugConfigError {
  const name = typeof options === "object" && options !== null && "name" in options ? String(options.name) : "?";
  return new PlugConfigError({
    code: "plug_invalid",
    plug: name,
    message: `plug "${name}" is not valid:\n${issues.map((issue) => `  ${issue.path || "options"}: ${issue.message}`).join("\n")}`,
    hint: "Correct these places in the plug's definition.",
    issues,
  });
}
