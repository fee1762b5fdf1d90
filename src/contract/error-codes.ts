import { z } from "zod";

/** Every error code the API answers with, and its HTTP status. One table; nothing else invents a code. */
export const ERROR_STATUS = {
  bad_request: 400,
  invalid_json: 400,
  invalid_cursor: 400,
  consent_invalid: 400,
  unauthenticated: 401,
  signature_invalid: 401,
  forbidden: 403,
  consent_denied: 403,
  not_found: 404,
  plug_not_found: 404,
  tenant_not_found: 404,
  wire_not_connected: 404,
  debug_disabled: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_final: 409,
  flow_disabled: 409,
  flow_running: 409,
  flow_paused: 409,
  idempotency_key_reused: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  unknown_variable: 422,
  variant_required: 422,
  variant_unknown: 422,
  variables_missing: 422,
  openapi_invalid: 422,
  operation_unknown: 422,
  curl_invalid: 422,
  rate_limited: 429,
  internal: 500,
  secret_key_missing: 500,
  secret_not_configured: 500,
  secret_tampered: 500,
  not_implemented: 501,
  consent_failed: 502,
  upstream_failed: 502,
  upstream_blocked: 502,
  database_unavailable: 503,
  not_ready: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const issueSchema = z.object({
  path: z.string().describe("Where the mistake is, e.g. `vars.webhookSecret`."),
  message: z.string(),
});

/** The one shape of every error answer. */
export const errorEnvelopeSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().describe("What happened, in a sentence."),
    hint: z.string().optional().describe("What to do next."),
    issues: z.array(issueSchema).optional(),
  }),
  requestId: z.string(),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelopeSchema>;
