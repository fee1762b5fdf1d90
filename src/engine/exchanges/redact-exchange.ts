import type { Failure } from "../../contract/index.ts";
import { storableText } from "../events/storable-json.ts";
import type { RecordedExchange } from "../plugs/index.ts";
import { hideFields } from "../security/hide-fields.ts";
import { redactHeaders, redactUrl } from "../security/redaction.ts";
import type { ConnectionSecrets } from "./connection-secrets.ts";

type Body = RecordedExchange["requestBody"];

/** What is kept of a body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;
const MAX_URL = 8_000;
const MAX_HEADER = 8_000;
const MAX_MESSAGE = 8_000;

/**
 * An exchange as it may be stored: without the connection's secrets, without the values of sensitive headers, parameters
 * and fields, and within limits. The client has done so before; this is the second lock on the same door, and the only
 * one for a client that somebody else wrote.
 */
export function redactExchange(exchange: RecordedExchange, secrets: ConnectionSecrets): RecordedExchange {
  const clean = (text: string, max: number) => storableText(secrets.redactor.text(text), max);
  const headers = (given: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(redactHeaders(given)).map(([name, value]) => [clean(name, 200), clean(value, MAX_HEADER)]),
    );
  return {
    ...exchange,
    method: clean(exchange.method, 20),
    url: clean(redactUrl(exchange.url), MAX_URL),
    endpoint: exchange.endpoint === null ? null : clean(exchange.endpoint, 200),
    error: exchange.error === null ? null : cleanFailure(exchange.error, (text) => clean(text, MAX_MESSAGE)),
    requestHeaders: headers(exchange.requestHeaders),
    responseHeaders: headers(exchange.responseHeaders),
    requestBody: cleanBody(exchange.requestBody, exchange.requestHeaders["content-type"], secrets),
    responseBody: cleanBody(exchange.responseBody, exchange.responseHeaders["content-type"], secrets),
  };
}

function cleanBody(body: Body, contentType: string | undefined, secrets: ConnectionSecrets): Body {
  if (body === null || body.text === null) return body;
  const wellFormed = body.text.replaceAll("\0", "\ufffd").toWellFormed();
  const redacted = secrets.redactor.text(hideFields(wellFormed, contentType));
  const tail = body.truncated ? secrets.cleanTail(redacted) : redacted;
  const text = cut(tail, MAX_BODY_BYTES);
  return { text, size: body.size, truncated: body.truncated || text.length < tail.length };
}

/** At most so many bytes, and no half character. */
function cut(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
}

function cleanFailure(failure: Failure, clean: (text: string) => string): Failure {
  const { code, message, hint, issues, retryable, fingerprint } = failure;
  return {
    code: clean(code),
    message: clean(message),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...(issues === undefined
      ? {}
      : { issues: issues.slice(0, 50).map((issue) => ({ path: clean(issue.path), message: clean(issue.message) })) }),
    ...(retryable === undefined ? {} : { retryable }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}
