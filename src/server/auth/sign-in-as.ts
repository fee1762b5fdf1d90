import { ERROR_STATUS, type ErrorCode } from "../../contract/error-codes.ts";
import { auth } from "./auth.ts";
import { originOf } from "./request-origin.ts";

/** Signs somebody in whose password was just chosen, as if they had sent the form. */
export const signInAs = (request: Request, credentials: { email: string; password: string }): Promise<Response> => {
  const headers = new Headers({ "content-type": "application/json", origin: originOf(request) });
  for (const name of ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "host", "user-agent"]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return auth().handler(
    new Request(new URL("/api/auth/sign-in/email", request.url), {
      method: "POST",
      headers,
      body: JSON.stringify(credentials),
    }),
  );
};

/** An error of our own auth routes, in the shape of the API's. */
export const refuse = (code: ErrorCode, message: string, more: { hint?: string; issues?: unknown[] } = {}): Response =>
  Response.json({ error: { code, message, ...more }, requestId: crypto.randomUUID() }, { status: ERROR_STATUS[code] });
