import { z } from "zod";
import { tenantSchema, timeSchema } from "../page.ts";
import { failureSchema } from "./error.ts";
import { timingSchema } from "./exchange.ts";
import { variableFieldSchema } from "./variable.ts";

export const DEBUG_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] as const;

/** `true` when calling this may change something at the other side. */
export const isMutating = (method: string): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

const queryValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);

/** A request to send by a plug's real path: an `endpoint` by its name, or `method` and `path`. */
export const debugSendSchema = z
  .strictObject({
    endpoint: z
      .string()
      .max(200)
      .optional()
      .describe("A declared endpoint; its input is checked before anything is sent."),
    method: z.string().toUpperCase().pipe(z.enum(DEBUG_METHODS)).optional().describe("Default `GET`."),
    path: z.string().max(8_000).optional().describe("Below the plug's base URL, e.g. `/products/:id`."),
    params: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe("Values for `:name` and `{name}` in the path."),
    query: z
      .record(z.string(), queryValueSchema)
      .optional()
      .describe("Lists and nested objects are written as the plug does."),
    headers: z.record(z.string(), z.string()).optional().describe("Credentials are added by the plug and win."),
    body: z.unknown().optional().describe("A text is sent as it is, anything else as JSON, or as the endpoint says."),
    tenant: tenantSchema.optional().describe("Wins over `?tenant=`."),
    compare: z.boolean().optional().describe("Compare the answer with what the endpoint declares."),
  })
  .refine((send) => (send.endpoint === undefined) !== (send.path === undefined), {
    message: "Name an `endpoint`, or give a `path` (and `method`).",
    path: ["path"],
  })
  .refine((send) => send.endpoint === undefined || send.method === undefined, {
    message: "The `endpoint` has its own method.",
    path: ["method"],
  });
export type DebugSend = z.output<typeof debugSendSchema>;

/** Where an answer differs from its schema. `path` is the first place; `count` how many like it (other items of a list). */
const differenceSchema = z.object({
  path: z.string().describe("JSON path, e.g. `$.items[0].price`."),
  count: z.number().int(),
});

export const compareSchema = z.object({
  endpoint: z.string(),
  ok: z.boolean().describe("Nothing missing, wrong, invalid or undeclared. Extra parts do no harm."),
  undeclaredStatus: z.number().int().nullable().describe("The status, when the endpoint does not declare it."),
  declaredStatuses: z.array(z.number().int()),
  missing: z.array(differenceSchema.extend({ expected: z.string() })),
  extra: z.array(differenceSchema.extend({ actual: z.string() })),
  wrongType: z.array(differenceSchema.extend({ expected: z.string(), actual: z.string() })),
  invalid: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .describe("Right type, but refused by a finer rule: a format, a length, a check in code."),
});
export type Compare = z.infer<typeof compareSchema>;

export const debugAnswerSchema = z.object({
  request: z.object({
    method: z.string(),
    url: z.string().describe("Secrets are replaced by `[redacted]`."),
    headers: z.record(z.string(), z.string()),
    body: z.string().nullable().describe("As it went out; `null` when there was none or it is not text."),
    tenant: z.string(),
    mutating: z.boolean(),
    curl: z.string(),
  }),
  response: z
    .object({
      status: z.number().int(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown().describe("Parsed when `kind` is `json`, else the text; `null` when binary or empty."),
      kind: z.enum(["json", "text", "binary", "empty"]),
      size: z.number().int().describe("Bytes of the body, decompressed."),
      truncated: z.boolean(),
      timing: timingSchema,
    })
    .nullable()
    .describe("`null` when no answer came; then `error` says why."),
  error: failureSchema.optional(),
  endpoint: z.string().optional().describe("The declared endpoint that this request belongs to."),
  compare: compareSchema.optional(),
  exchangeId: z.string().nullable().describe("Where it is kept: `GET /exchanges/{id}`."),
});
export type DebugAnswer = z.infer<typeof debugAnswerSchema>;

/** How far the tenant's connection is set up. */
export const varStateSchema = z.object({
  tenant: z.string(),
  connected: z.boolean().describe("`false` when the tenant has no connection yet."),
  total: z.number().int(),
  set: z.number().int(),
  missing: z.array(z.string()).describe("Required variables that are not set."),
});
export type VarState = z.infer<typeof varStateSchema>;

export const debugPlugSchema = z.object({
  plug: z.string(),
  label: z.string(),
  enabled: z.boolean(),
  baseUrl: z.string().nullable().describe("`null` when it depends on variables that are not set."),
  auth: z.string().describe("The kind of authentication, e.g. `bearer`."),
  endpoints: z.number().int(),
  vars: varStateSchema,
});
export type DebugPlug = z.infer<typeof debugPlugSchema>;

const jsonSchemaSchema = z.record(z.string(), z.unknown()).describe("JSON Schema, draft 2020-12.");

export const debugEndpointSchema = z.object({
  name: z.string(),
  method: z.string(),
  path: z.string(),
  summary: z.string().nullable(),
  mutating: z.boolean(),
  bodyType: z.enum(["json", "form"]),
  paged: z.boolean(),
  schemas: z.object({
    params: jsonSchemaSchema.optional(),
    query: jsonSchemaSchema.optional(),
    headers: jsonSchemaSchema.optional(),
    body: jsonSchemaSchema.optional(),
    responses: z.record(z.string(), jsonSchemaSchema),
  }),
  examples: z.object({
    params: z.unknown().optional(),
    query: z.unknown().optional(),
    headers: z.unknown().optional(),
    body: z.unknown().optional(),
    responses: z.record(z.string(), z.unknown()),
  }),
});
export type DebugEndpoint = z.infer<typeof debugEndpointSchema>;

export const debugPlugDetailSchema = debugPlugSchema.extend({
  endpoints: z.array(debugEndpointSchema),
  vars: varStateSchema.extend({ fields: z.array(variableFieldSchema) }),
});
export type DebugPlugDetail = z.infer<typeof debugPlugDetailSchema>;

/** A request that a person keeps for the next time. Values that are secret by name or by value are not kept. */
export const savedRequestSchema = z.object({
  id: z.string(),
  plug: z.string(),
  name: z.string(),
  request: debugSendSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type SavedRequest = z.infer<typeof savedRequestSchema>;

export const saveRequestSchema = z.strictObject({
  id: z.string().optional().describe("Change this one of yours, e.g. to give it another name."),
  name: z.string().trim().min(1).max(120).describe("Without `id`, saving under the same name replaces it."),
  request: debugSendSchema,
});
