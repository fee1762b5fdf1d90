type Handler = (request: Request) => Promise<Response>;

export interface NextHandlerOptions {
  /** `after` of `next/server`: on Vercel, where nobody else would, what has just come in is handled once it is answered. */
  readonly after?: (work: () => Promise<unknown>) => void;
}

/**
 * The exports of the catch-all route `app/api/khotan/[...all]/route.ts`. `GET …/cron` means `POST …/cron`, since that is
 * how Vercel's cron jobs call; both ask for `CRON_SECRET`.
 *
 * @example export const { GET, POST, PUT, PATCH, DELETE } = toNextJsHandler(khotan.handler, { after });
 */
export function toNextJsHandler(
  handler: Handler,
  { after }: NextHandlerOptions = {},
): Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler> {
  const drainAfter = async (request: Request): Promise<Response> => {
    const answer = await handler(request);
    const secret = process.env.CRON_SECRET;
    if (!after || !process.env.VERCEL || !secret || answer.status !== 202) return answer;
    const cron = request.url.replace(/\/webhook\/.*$/, "/cron");
    if (cron !== request.url)
      after(() => handler(new Request(cron, { method: "POST", headers: { authorization: `Bearer ${secret}` } })));
    return answer;
  };
  return {
    GET: cronByGet(handler),
    POST: drainAfter,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
  };
}

const cronByGet =
  (handler: Handler): Handler =>
  (request) =>
    handler(isCron(request) ? new Request(request.url, { method: "POST", headers: request.headers }) : request);

const isCron = ({ url }: Request): boolean => /^[^?#]*\/cron\/?(?:[?#]|$)/.test(url);
