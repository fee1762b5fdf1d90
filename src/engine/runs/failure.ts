import type { Failure } from "../../contract/index.ts";
import { describeError, isQueryError } from "../describe-error.ts";
import { failureFingerprint } from "../security/fingerprint.ts";

const MAX_TEXT = 4_000;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/**
 * Whatever was thrown, as it is stored and shown. Causes are appended, since
 * drivers hide the real reason there.
 */
export function toFailure(error: unknown, fallbackCode = "handler_threw"): Failure {
  if (!(error instanceof Error)) {
    const message = `Something other than an Error was thrown: ${describe(error)}`.slice(0, MAX_TEXT);
    return { code: fallbackCode, message, fingerprint: failureFingerprint({ code: fallbackCode, message }) };
  }
  const code = ("code" in error ? text(error.code) : undefined) ?? fallbackCode;
  const message = messageOf(error).slice(0, MAX_TEXT);
  const hint = "hint" in error ? text(error.hint) : undefined;
  const issues = "issues" in error ? issuesOf(error.issues) : undefined;
  const retryable = "retryable" in error && typeof error.retryable === "boolean" ? error.retryable : undefined;
  return {
    code,
    message,
    ...(hint ? { hint } : {}),
    ...(issues ? { issues } : {}),
    ...(retryable === undefined ? {} : { retryable }),
    fingerprint: failureFingerprint({ code, message }),
    ...(error.stack ? { stack: stackOf(error, message) } : {}),
  };
}

function messageOf(error: Error): string {
  if (isQueryError(error)) return describeError(error);
  const parts = [error.message || error.name];
  for (let cause = error.cause, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth++) {
    if (cause.message && !parts.some((part) => part.includes(cause.message))) parts.push(cause.message);
  }
  return parts.join(": ");
}

/** A stack repeats its error's message; here with the one that is shown. */
function stackOf(error: Error, message: string): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${message}`, ...frames].join("\n").slice(0, 8_000);
}

function issuesOf(value: unknown): { path: string; message: string }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const issues = value.flatMap((issue: unknown) => {
    if (typeof issue !== "object" || issue === null || !("message" in issue) || typeof issue.message !== "string")
      return [];
    const path = "path" in issue ? issue.path : "";
    return [{ path: Array.isArray(path) ? path.map(String).join(".") : String(path), message: issue.message }];
  });
  return issues.length > 0 ? issues.slice(0, 50) : undefined;
}

function describe(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** The failure without its stack, for those who may not see code. */
export function withoutStack(failure: Failure | null): Failure | null {
  if (!failure?.stack) return failure;
  const { stack: _, ...rest } = failure;
  return rest;
}
