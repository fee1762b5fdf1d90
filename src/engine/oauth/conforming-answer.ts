import type { TokenAnswer } from "../plugs/auth/auth-strategy.ts";

/** What the protocol expects of a token endpoint, whatever the server made of it. */
export interface ConformingAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Words for "this grant is no good any more" beside `invalid_grant`: GitHub, Slack, Salesforce. */
const REFUSED_GRANTS = new Set(["bad_refresh_token", "invalid_refresh_token", "token_revoked", "token_expired"]);

/**
 * Bring the answer of a token endpoint into the shape of RFC 6749 §5. Well-known servers deviate: GitHub and Slack send
 * errors with status 200, Shopify leaves `token_type` out, Slack says `bot`, some answer 201, or as a form.
 *
 * @param keepIdToken only when it will be checked; else it is nobody's business.
 */
export function conformingAnswer({ status, body }: TokenAnswer, keepIdToken: boolean): ConformingAnswer {
  const fields = fieldsOf(body);
  const { error } = fields;
  const failed = typeof error === "string" && error !== "" && typeof fields.access_token !== "string";
  if (failed) {
    const said = REFUSED_GRANTS.has(error) ? "invalid_grant" : error;
    return { status: status < 400 ? 400 : status, body: { ...fields, error: said } };
  }
  if (status >= 300) return { status, body: fields };
  const { id_token: idToken, ...rest } = fields;
  const type = typeof fields.token_type === "string" ? fields.token_type.toLowerCase() : "";
  const answer: Record<string, unknown> = { ...rest, token_type: type === "dpop" ? "dpop" : "bearer" };
  for (const name of ["refresh_token", "expires_in", "scope"]) if (isNothing(answer[name])) delete answer[name];
  if (Array.isArray(answer.scope)) answer.scope = answer.scope.join(" ");
  if (keepIdToken && typeof idToken === "string") answer.id_token = idToken;
  return { status: 200, body: answer };
}

const isNothing = (value: unknown): boolean => value === null || value === "" || value === undefined;

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  if (typeof body === "string" && /(^|&)(access_token|error)=/.test(body))
    return Object.fromEntries(new URLSearchParams(body));
  return {};
}
