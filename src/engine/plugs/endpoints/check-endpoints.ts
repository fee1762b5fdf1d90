import { z } from "zod";
import { pathParamsOf } from "../http/fill-path.ts";
import { paginationSchema, retrySchema, timeoutSchema, zodSchema } from "../option-schemas.ts";
import { ENDPOINT_METHODS, RESPONSE_CHECKS } from "./endpoint-definition.ts";

const endpointSchema = z.strictObject({
  method: z.enum(ENDPOINT_METHODS, `A method is one of ${ENDPOINT_METHODS.join(", ")}.`),
  path: z.string().regex(/^\/(?!\/)/, "A path starts with one slash and lies below the base URL."),
  summary: z.string().optional(),
  params: zodSchema.optional(),
  query: zodSchema.optional(),
  headers: zodSchema.optional(),
  body: zodSchema.optional(),
  bodyType: z.enum(["json", "form"]).optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/, "A status is a number from 100 to 599."), zodSchema),
  check: z.enum(RESPONSE_CHECKS).optional(),
  timeout: timeoutSchema.optional(),
  retry: retrySchema.optional(),
  pagination: paginationSchema.optional(),
});

/** What is wrong with declared endpoints, each with its path, e.g. `endpoints.getOrder.params`. */
export function checkEndpoints(endpoints: Readonly<Record<string, unknown>>): { path: string; message: string }[] {
  return Object.entries(endpoints).flatMap(([name, endpoint]) =>
    checkEndpoint(endpoint).map((issue) => ({ ...issue, path: `endpoints.${name}${issue.path}` })),
  );
}

function checkEndpoint(endpoint: unknown): { path: string; message: string }[] {
  const checked = endpointSchema.safeParse(endpoint);
  if (!checked.success) {
    return checked.error.issues.map((issue) => ({
      path: issue.path.map((part) => `.${String(part)}`).join(""),
      message: issue.code === "unrecognized_keys" ? `there is no option ${issue.keys.join(", ")}` : issue.message,
    }));
  }
  const { method, path, params, body, bodyType, responses } = checked.data;
  const issues: { path: string; message: string }[] = [];
  if (body && (method === "GET" || method === "HEAD"))
    issues.push({ path: ".body", message: `a ${method} has no body` });
  if (bodyType && !body) issues.push({ path: ".bodyType", message: "there is no body" });
  if (Object.keys(responses).length === 0) issues.push({ path: ".responses", message: "declare at least one status" });
  const names = pathParamsOf(path);
  if (new Set(names).size < names.length) issues.push({ path: ".path", message: "a parameter appears twice" });
  if (params && !(params instanceof z.ZodObject)) {
    issues.push({ path: ".params", message: "give a z.object with the path's parameters" });
    return issues;
  }
  const declared = params instanceof z.ZodObject ? Object.keys(params.shape) : [];
  for (const name of names) {
    if (!declared.includes(name))
      issues.push({ path: `.params.${name}`, message: `the path has "${name}", but params has no schema for it` });
  }
  for (const name of declared) {
    if (!names.includes(name)) issues.push({ path: `.params.${name}`, message: `the path has no parameter "${name}"` });
  }
  return issues;
}
