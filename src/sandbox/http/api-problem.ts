import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { SandboxContext } from "./sandbox-env.ts";

export interface ProblemIssue {
  path: PropertyKey[];
  message: string;
}

/** A refusal with its status and code; `onError` turns it into `{ "error": { code, message, issues? } }`. */
export class ApiProblem extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Record<string, string>;
  readonly issues: ProblemIssue[] | undefined;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    extra: { headers?: Record<string, string>; issues?: ProblemIssue[] } = {},
  ) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.code = code;
    this.headers = extra.headers ?? {};
    this.issues = extra.issues;
  }
}

/** The JSON answer for a problem. */
export function problemResponse(c: SandboxContext, problem: ApiProblem): Response {
  const { code, message, issues } = problem;
  return c.json({ error: { code, message, ...(issues ? { issues } : {}) } }, problem.status, problem.headers);
}

/** The parsed value, or a 422 that names each wrong field. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({ path, message }));
  throw new ApiProblem(422, "invalid", "Some fields are missing or wrong.", { issues });
}

/** The JSON body of a request, or a 400 when it is not JSON. An empty body is `{}` where `emptyOk`. */
export function jsonBody(c: SandboxContext, options: { emptyOk?: boolean } = {}): unknown {
  const text = c.get("body");
  if (text.trim() === "" && options.emptyOk) return {};
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new ApiProblem(400, "malformed_json", "The body must be JSON.");
  }
}
