import { auth } from "./auth.ts";
import { originOf } from "./request-origin.ts";
import { setupAdmin, setupState } from "./setup-routes.ts";
import { welcome, welcomeState } from "./welcome-routes.ts";

/**
 * Answers `/api/auth/*`: our routes for the first admin and for one-time links, the rest is better-auth's
 * (`sign-in/email`, `sign-out`, `get-session`, `change-password`).
 */
export const handleAuthRequest = async (incoming: Request): Promise<Response> => {
  const { pathname, search } = new URL(incoming.url);
  // better-auth takes the address of the request for its own: give it the one the browser used.
  const request = new Request(new URL(pathname + search, originOf(incoming)), incoming);
  const response = await route(pathname, request);
  return request.url.startsWith("https:") ? withSecureCookies(response) : response;
};

const route = (pathname: string, request: Request): Promise<Response> => {
  if (pathname === "/api/auth/setup-state" && request.method === "GET") return setupState();
  if (pathname === "/api/auth/setup-admin" && request.method === "POST") return setupAdmin(request);
  if (pathname === "/api/auth/welcome-state" && request.method === "POST") return welcomeState(request);
  if (pathname === "/api/auth/welcome" && request.method === "POST") return welcome(request);
  return auth().handler(request);
};

const withSecureCookies = (response: Response): Response => {
  const headers = new Headers(response.headers);
  headers.delete("set-cookie");
  for (const cookie of response.headers.getSetCookie())
    headers.append("set-cookie", /;\s*secure/i.test(cookie) ? cookie : `${cookie}; Secure`);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
};
