/** What a form of the door was told. */
export interface AuthRefusal {
  readonly code: "wrong" | "limited" | "disabled" | "token" | "exists" | "invalid" | "unreachable" | "other";
  readonly message: string;
  /** Seconds to wait, when the limit was reached. */
  readonly retryAfter: number | null;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}

/** better-auth answers `{ code, message }`, our own routes `{ error: { code, message, issues } }`. */
interface Answer {
  readonly code?: string;
  readonly message?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly issues?: AuthRefusal["issues"] };
}

/**
 * Post a form to the app's own auth routes.
 *
 * @returns `null` when it went well.
 */
export async function authCall(url: string, body: object, send: typeof fetch = fetch): Promise<AuthRefusal | null> {
  const response = await send(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) return { code: "unreachable", message: "", retryAfter: null, issues: [] };
  if (response.ok) return null;
  const answer: Answer | null = await response.json().catch(() => null);
  const wait = Number(response.headers.get("retry-after") ?? response.headers.get("x-retry-after"));
  return {
    code: answer?.code === "USER_DISABLED" ? "disabled" : refusalCode(response.status, answer?.error?.code),
    message: answer?.error?.message ?? answer?.message ?? "",
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : null,
    issues: answer?.error?.issues ?? [],
  };
}

function refusalCode(status: number, code: string | undefined): AuthRefusal["code"] {
  if (status === 429) return "limited";
  if (status === 409) return "exists";
  if (status === 422) return "invalid";
  if (status === 403 && code !== undefined) return "token";
  if (status === 401 || status === 400) return "wrong";
  return "other";
}
