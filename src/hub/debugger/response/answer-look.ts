import { type Look, RUN_LOOKS } from "../../parts/status/status-looks.ts";

/** Green up to 399, orange for what the caller did wrong, red for the other side's own fault. */
export function answerLook(status: number): Look {
  if (status < 400) return RUN_LOOKS.succeeded;
  return status < 500 ? { tone: "retry", shape: "disc-cross" } : RUN_LOOKS.failed;
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  418: "I'm a teapot",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** `201 Created`; the phrase is HTTP's own (RFC 9110) and is not translated. */
export const statusText = (status: number): string => `${status} ${REASONS[status] ?? ""}`.trim();
