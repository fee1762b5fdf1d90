import type { ServerResponse } from "node:http";

/** What is answered while the database is prepared and Next is loaded: `503`, and when to ask again. */
export const answerStarting = (response: ServerResponse, kind: "api" | "page"): void => {
  const headers = { "retry-after": "1", "cache-control": "no-store" };
  if (kind === "page") {
    response.writeHead(503, { ...headers, "content-type": "text/html; charset=utf-8" });
    response.end(
      '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Khotan</title><p>Khotan is starting …',
    );
    return;
  }
  answerError(response, 503, "not_ready", "Khotan is starting.", headers, "Ask again in a second.");
};

/** An error in the shape every API error has (contract: `errorEnvelopeSchema`). */
export const answerError = (
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  hint?: string,
): void => {
  const body = { error: { code, message, ...(hint && { hint }) }, requestId: crypto.randomUUID() };
  response.writeHead(status, { ...headers, "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
};
