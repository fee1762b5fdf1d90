type Handler = (request: Request) => Promise<Response>;

/**
 * The exports of the catch-all route `app/api/khotan/[...all]/route.ts`.
 *
 * @example export const { GET, POST, PUT, PATCH, DELETE } = toNextJsHandler(khotan.handler);
 */
export function toNextJsHandler(handler: Handler): Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler> {
  return { GET: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler };
}
