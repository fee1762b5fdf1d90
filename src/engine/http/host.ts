/** What a host can do better than by a `Request` and a `Response`. */
export interface Host {
  /** Whether a body is cut off at the length its sender has declared, as Node's HTTP server does. */
  readonly checksLength?: boolean;
  /**
   * Send a short answer itself. A `Response` with a body costs more than all the rest of accepting a webhook: a stream,
   * and several turns of the event loop to read it back.
   *
   * @returns what the handler answers to say that this was done
   */
  readonly send?: (status: number, headers: Readonly<Record<string, string>>, body: string) => Response;
}

/** What every answer carries. */
export const commonHeaders = (requestId: string) => ({
  "x-request-id": requestId,
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
});

/** Answer JSON in the host's best way. */
export function answerJson(
  { host, requestId }: { readonly host: Host; readonly requestId: string },
  status: number,
  value: unknown,
): Response {
  if (!host.send) return Response.json(value, { status });
  return host.send(status, { "content-type": "application/json", ...commonHeaders(requestId) }, JSON.stringify(value));
}
