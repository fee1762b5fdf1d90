import { PlugAuthError } from "../plugs/errors/plug-auth-error.ts";
import { createRedactor } from "../security/redaction.ts";

/** What went wrong in the library, told without what it carries along: its causes hold answers with tokens. */
interface Trouble {
  /** The server's own word, e.g. `invalid_grant`. */
  readonly error: string | null;
  readonly description: string | null;
  /** What the library did not like about an answer: fixed sentences, without what stood in it. */
  readonly complaint: string | null;
}

/** Only what is stored can have expired; a code or a client that is refused is another matter. */
export const REFRESHING = "refreshing the token";

export interface FailureContext {
  readonly plug: string;
  /** What was tried, e.g. `refreshing the token`. */
  readonly action: string;
  /** Status of the server's last answer; `null` when there was none. */
  readonly status: number | null;
  /** Values that must not stand in a message, whoever wrote it. */
  readonly secrets: readonly string[];
}

/**
 * The error that a person and a run get. `auth_expired`: the server refuses the grant itself, so only a new consent helps;
 * `auth_failed`: everything else.
 */
export function oauthFailure(thrown: unknown, context: FailureContext): PlugAuthError {
  const own = ownError(thrown);
  if (own) return own;
  const { plug, action, status, secrets } = context;
  const { error, description, complaint } = troubleOf(thrown);
  const refused = error === "invalid_grant" && action === REFRESHING;
  const said = [error, description].filter(Boolean).join(": ") || complaint || "no usable answer";
  const { text } = createRedactor(secrets);
  return new PlugAuthError({
    code: refused ? "auth_expired" : "auth_failed",
    plug,
    message: text(`${plug}: ${action} failed${status === null ? "" : ` (${status})`}: ${said.slice(0, 300)}`),
    hint: refused ? "Connect again: the consent was withdrawn or has expired." : hintFor(error, status),
    retryable:
      !refused && (status === 429 || (status !== null && status >= 500) || error === "temporarily_unavailable"),
  });
}

/** Ours may be wrapped by the library. */
function ownError(thrown: unknown): PlugAuthError | null {
  for (let current = thrown, depth = 0; depth < 4 && current instanceof Error; depth++, current = current.cause)
    if (current instanceof PlugAuthError) return current;
  return null;
}

function troubleOf(thrown: unknown): Trouble {
  const fields: { error?: unknown; error_description?: unknown; message?: unknown; cause?: unknown } =
    typeof thrown === "object" && thrown !== null ? thrown : {};
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const reason = fields.cause instanceof Error ? fields.cause.message : fields.message;
  return { error: text(fields.error), description: text(fields.error_description), complaint: text(reason) };
}

function hintFor(error: string | null, status: number | null): string {
  if (error === "invalid_client" || status === 401)
    return "Are client id and client secret right, and sent the way this server wants them?";
  if (error === "invalid_scope") return "Does this client have these scopes?";
  if (error === "unauthorized_client" || error === "unsupported_grant_type")
    return "Is this kind of grant allowed for this client?";
  if (status !== null && status >= 500) return "The server has a problem; trying later usually helps.";
  return "Is this the right address, and the right kind of server?";
}
