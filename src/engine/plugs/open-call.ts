import { none } from "./auth/none.ts";
import { Call, type CallInput } from "./call.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import { fillPath } from "./http/fill-path.ts";
import { baseUrlProblem, PathRefusal, resolveUrl } from "./http/resolve-url.ts";
import { timeoutsFrom } from "./http/timeouts.ts";
import type { PlugCore } from "./plug-core.ts";
import { type PlugSession, patched } from "./plug-session.ts";
import { retryPolicy } from "./retry/retry-policy.ts";
import type { VarRecord } from "./vars/var-definition.ts";

/** Resolve everything about a call that does not need the network. @throws PlugConfigError */
export function openCall(session: PlugSession, input: CallInput): Call {
  const { core, binding } = session;
  const { options } = input;
  const vars = options.vars ? patched(session.vars, options.vars) : session.vars;
  requireVars(core, vars, binding.tenant);
  const baseUrl = baseUrlFor(core, vars, binding.tenant);
  return new Call(session, input, {
    vars,
    baseUrl,
    url: urlOf(core, baseUrl, input),
    auth: input.options.auth === false ? none() : core.authOf(vars),
    timeouts: timeoutsFrom(options.timeout, core.timeouts),
    policy: retryPolicy(options.retry, core.retry),
    signal: eitherSignal(binding.signal, options.signal),
    maxResponseBytes:
      options.maxResponseBytes ?? (options.as === "stream" ? Number.POSITIVE_INFINITY : core.maxResponseBytes),
  });
}

/** The base URL with these variables. @throws PlugConfigError */
function baseUrlFor(core: PlugCore, vars: VarRecord, tenant: string): string {
  let baseUrl: string;
  try {
    baseUrl = core.baseUrlOf(vars);
  } catch (cause) {
    throw new PlugConfigError({
      code: "base_url_invalid",
      plug: core.name,
      message: `${core.name}: baseUrl(vars) threw for tenant "${tenant}"`,
      hint: "See the cause.",
      cause,
    });
  }
  const problem = baseUrlProblem(baseUrl);
  if (problem === null) return baseUrl;
  throw new PlugConfigError({
    code: "base_url_invalid",
    plug: core.name,
    message: `${core.name}: the base URL of tenant "${tenant}" cannot be used: ${problem}`,
    hint: "A base URL looks like https://api.example.com/v1.",
  });
}

function requireVars(core: PlugCore, vars: VarRecord, tenant: string): void {
  const missing = core.fields.filter(
    (field) => field.required && (vars[field.key] === undefined || vars[field.key] === ""),
  );
  if (missing.length === 0) return;
  const keys = missing.map((field) => field.key);
  throw new PlugConfigError({
    code: "variables_missing",
    plug: core.name,
    message: `${core.name}: tenant "${tenant}" has no value for ${keys.map((key) => `"${key}"`).join(", ")}`,
    hint: `Set ${keys.length === 1 ? "it" : "them"} in the plug's variables.`,
    issues: keys.map((key) => ({ path: `vars.${key}`, message: "required, but not set" })),
  });
}

function urlOf(core: PlugCore, baseUrl: string, input: CallInput): URL {
  const { params, query } = input.options;
  try {
    const path = params ? fillPath(input.path, params) : input.path;
    return resolveUrl(baseUrl, path, query, core.arrays);
  } catch (cause) {
    const leaves = cause instanceof PathRefusal && cause.leavesOrigin;
    throw new PlugConfigError({
      code: leaves ? "path_leaves_origin" : "path_invalid",
      plug: core.name,
      message: `${core.name}: ${cause instanceof Error ? cause.message : "the path is not valid"}`,
      hint: leaves
        ? "Give a path below the base URL; credentials never go to another origin."
        : "Give a path like /orders/:id and its params.",
    });
  }
}

function eitherSignal(first: AbortSignal | undefined, second: AbortSignal | undefined): AbortSignal | undefined {
  if (first && second) return AbortSignal.any([first, second]);
  return first ?? second;
}
