import { z } from "zod";
import { plugNameSchema } from "../../contract/index.ts";
import { breakerSchema } from "./breaker-rules.ts";
import { checkEndpoints } from "./endpoints/check-endpoints.ts";
import { ARRAY_FORMATS } from "./http/encode-query.ts";
import { baseUrlProblem } from "./http/resolve-url.ts";
import {
  authSchema,
  functionSchema,
  headerNameSchema,
  paginationSchema,
  rateLimitSchema,
  retrySchema,
  timeoutSchema,
} from "./option-schemas.ts";
import { validateVarValue } from "./vars/validate-var-value.ts";
import { type VarField, varDefinitionSchema } from "./vars/var-definition.ts";

/** Names that mean something else in URLs of the API or the Hub. */
const RESERVED_NAMES = new Set(["all", "default", "khotan", "new", "none"]);

const optionsSchema = z.strictObject({
  name: plugNameSchema.refine((name) => !RESERVED_NAMES.has(name), "This name is reserved."),
  label: z.string().min(1).max(120).optional(),
  description: z.string().max(2000).optional(),
  docsUrl: z.url({ protocol: /^https?$/ }).optional(),
  baseUrl: z.union([
    functionSchema,
    z.string().superRefine((text, ctx) => {
      const problem = baseUrlProblem(text);
      if (problem !== null) ctx.addIssue({ code: "custom", message: `${problem}.` });
    }),
  ]),
  auth: authSchema.optional(),
  vars: z.array(varDefinitionSchema).optional(),
  endpoints: z.record(z.string(), z.unknown()).optional(),
  pagination: paginationSchema.optional(),
  timeout: timeoutSchema.optional(),
  retry: retrySchema.optional(),
  hooks: z
    .strictObject({ beforeRequest: functionSchema.optional(), afterResponse: functionSchema.optional() })
    .optional(),
  rateLimit: rateLimitSchema.optional(),
  concurrency: z.number().int().min(1).max(10_000).optional(),
  breaker: breakerSchema.optional(),
  headers: z.record(headerNameSchema, z.string()).optional(),
  idempotencyHeader: headerNameSchema.optional(),
  maxResponseBytes: z.number().int().min(1).optional(),
  arrayFormat: z.enum(ARRAY_FORMATS).optional(),
  exchanges: z.union([z.boolean(), z.strictObject({ sample: z.number().min(0).max(1) })]).optional(),
  traceparent: z.union([z.boolean(), z.literal("always")]).optional(),
});

interface PlugIssue {
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with a plug's options, and its variables with defaults filled in. */
export function checkPlug(options: unknown): {
  readonly issues: readonly PlugIssue[];
  readonly fields: readonly VarField[];
} {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) return { issues: checked.error.issues.flatMap((issue) => issuesOf(issue, [])), fields: [] };
  const { vars: fields = [], auth, endpoints = {} } = checked.data;
  const issues: PlugIssue[] = [...duplicateKeys(fields), ...badDefaults(fields), ...checkEndpoints(endpoints)];
  if (auth && typeof auth !== "function") {
    for (const key of auth.needs) {
      if (!fields.some((field) => field.key === key)) {
        issues.push({ path: "auth", message: `fromVar("${key}") names a variable that vars does not declare` });
      }
    }
  }
  return { issues, fields };
}

function duplicateKeys(fields: readonly VarField[]): PlugIssue[] {
  return fields.flatMap((field, index) =>
    fields.findIndex((other) => other.key === field.key) < index
      ? [{ path: `vars[${index}].key`, message: `"${field.key}" is declared twice` }]
      : [],
  );
}

function badDefaults(fields: readonly VarField[]): PlugIssue[] {
  return fields.flatMap((field, index) => {
    if (field.defaultValue === undefined) return [];
    const verdict = validateVarValue(field, field.defaultValue);
    return verdict.ok ? [] : [{ path: `vars[${index}].defaultValue`, message: verdict.message }];
  });
}

/** @example pathText(["vars", 1, "key"]) // "vars[1].key" */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`))
    .join("");

/** A union says "invalid input" and hides what is wrong: take the branch that came furthest. */
function issuesOf(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): PlugIssue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const depth = (branch: z.core.$ZodIssue[]) =>
      Math.max(...branch.map((each) => each.path.length + (each.code === "invalid_type" ? 0 : 1)));
    const [best] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
    if (best && depth(best) > 0) return best.flatMap((inner) => issuesOf(inner, path));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: pathText([...path, key]), message: "there is no such option" }));
  }
  return [{ path: pathText(path), message: issue.message }];
}
