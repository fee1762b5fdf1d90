import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "../../contract/error-codes.ts";
import { auth } from "./auth.ts";
import { adminExists, createFirstAdmin } from "./first-admin.ts";
import { originOf } from "./request-origin.ts";

/** `GET /api/auth/setup-state` → `{ "needsAdmin": boolean }`. */
export const setupState = async (): Promise<Response> =>
  Response.json({ needsAdmin: !(await adminExists()) }, { headers: { "cache-control": "no-store" } });

const bodySchema = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(200),
  password: z.string().min(8).max(256),
});

/** `POST /api/auth/setup-admin` `{ token, name, email, password }`: makes the first admin and signs them in. */
export const setupAdmin = async (request: Request): Promise<Response> => {
  // A foreign page must not sign a visitor in as somebody else.
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== originOf(request))
    return refuse("forbidden", "This must come from a page of this Hub.");
  const body = bodySchema.safeParse(await request.json().catch(() => undefined));
  if (!body.success) {
    const issues = body.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return refuse("validation_failed", "Some fields are missing or wrong.", { issues });
  }
  const outcome = await createFirstAdmin(body.data);
  if (outcome === "already_set_up")
    return refuse("conflict", "There is an admin already.", { hint: "Sign in, or ask them to let you in." });
  if (outcome === "token_invalid")
    return refuse("forbidden", "This link is not valid, or no longer.", {
      hint: "Restart Khotan: while there is no admin, each start prints a new link.",
    });
  const { email, password } = body.data;
  const headers = new Headers({ "content-type": "application/json", origin: originOf(request) });
  for (const name of ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "host", "user-agent"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return auth().handler(
    new Request(new URL("/api/auth/sign-in/email", request.url), {
      method: "POST",
      headers,
      body: JSON.stringify({ email, password }),
    }),
  );
};

const refuse = (code: ErrorCode, message: string, more: { hint?: string; issues?: unknown[] } = {}): Response =>
  Response.json({ error: { code, message, ...more }, requestId: crypto.randomUUID() }, { status: ERROR_STATUS[code] });
