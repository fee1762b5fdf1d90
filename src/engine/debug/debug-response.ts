import type { DebugAnswer } from "../../contract/index.ts";
import { PlugHttpError, type PlugResponse, type RecordedExchange } from "../plugs/index.ts";
import { redactValue } from "../security/redact-value.ts";
import type { Redactor } from "../security/redaction.ts";

/** What a call came to. */
export type CallOutcome =
  | { readonly answer: Pick<PlugResponse, "status" | "headers" | "body"> }
  | { readonly error: unknown };

export interface DebugResponse {
  readonly shown: NonNullable<DebugAnswer["response"]>;
  /** The whole body as it was parsed, for comparing. */
  readonly body: unknown;
}

/** What is longer is cut to a text. The debugger opens this much at once; a larger answer is better read page by page. */
const MAX_SHOWN_BYTES = 8 * 1024 * 1024;
const JSON_TYPE = /\bjson\b/i;

/**
 * What came back, for a person. Values of the connection's secrets are hidden, names do not matter here: who asks for
 * a new key wants to see it, once. What is stored of it hides both.
 */
export function debugResponse(parts: {
  readonly outcome: CallOutcome;
  /** The last call on the wire, redacted; `null` when there was none. */
  readonly exchange: RecordedExchange | null;
  readonly redactor: Redactor;
}): DebugResponse | null {
  const { outcome, exchange, redactor } = parts;
  const error = "error" in outcome ? outcome.error : null;
  if (exchange === null || exchange.status === null) return null;
  const body =
    "answer" in outcome ? outcome.answer.body : error instanceof PlugHttpError ? error.body : bodyOnWire(exchange);
  const size = exchange.responseBody?.size ?? 0;
  const { kind, shown, truncated } = showable(body, exchange, size, redactor);
  return {
    body,
    shown: {
      status: "answer" in outcome ? outcome.answer.status : exchange.status,
      headers: exchange.responseHeaders,
      body: shown,
      kind,
      size,
      truncated,
      timing: exchange.timing,
    },
  };
}

type Showable = Pick<DebugResponse["shown"], "kind" | "truncated"> & { readonly shown: unknown };

function showable(body: unknown, exchange: RecordedExchange, size: number, redactor: Redactor): Showable {
  if (body === undefined || (body === null && size === 0)) return { kind: "empty", shown: null, truncated: false };
  if (body instanceof Uint8Array) return { kind: "binary", shown: null, truncated: false };
  // A text is JSON when it was a JSON text on the wire; else it is what could not be parsed.
  const isJson = typeof body !== "string" || (hasJson(exchange) && /^\s*"/.test(exchange.responseBody?.text ?? ""));
  if (size > MAX_SHOWN_BYTES) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { kind: "text", shown: redactor.text(text.slice(0, MAX_SHOWN_BYTES)), truncated: true };
  }
  if (typeof body === "string" && !isJson) return { kind: "text", shown: redactor.text(body), truncated: false };
  return { kind: "json", shown: redactValue(body, redactor, []), truncated: false };
}

/** The call failed after its answer came, e.g. since that was no JSON: what was recorded of it is the best there is. */
function bodyOnWire(exchange: RecordedExchange): unknown {
  const { responseBody } = exchange;
  if (!responseBody || responseBody.text === null) return responseBody ? new Uint8Array() : undefined;
  if (responseBody.truncated || !hasJson(exchange)) return responseBody.text;
  try {
    return JSON.parse(responseBody.text);
  } catch {
    return responseBody.text;
  }
}

const hasJson = ({ responseHeaders }: RecordedExchange): boolean =>
  JSON_TYPE.test(responseHeaders["content-type"] ?? "");
