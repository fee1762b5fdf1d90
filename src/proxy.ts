import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives each page its own Content-Security-Policy: only scripts that carry this request's nonce run. Next puts the
 * nonce on its own scripts when it renders; the layout finds it in the `x-nonce` request header.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

const contentSecurityPolicy = (nonce: string, dev: boolean): string =>
  [
    "default-src 'self'",
    // React rebuilds stack traces with eval, in development only.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // Positioning of menus, tooltips and virtual rows is done with style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join("; ");

export const config = {
  // Pages only. Workflow's endpoints must never pass through here, and API answers carry no scripts.
  matcher: ["/((?!api/|api$|\\.well-known/|_next/|.*\\.[\\w]+$).*)"],
};
