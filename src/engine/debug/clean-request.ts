import type { DebugSend } from "../../contract/index.ts";
import type { ConnectionSecrets } from "../exchanges/connection-secrets.ts";
import { hideFields, isSensitiveInput } from "../security/hide-fields.ts";
import { redactValue } from "../security/redact-value.ts";
import { REDACTED, redactHeaders, redactUrl } from "../security/redaction.ts";

/**
 * A request as it may be kept: without the connection's secrets, and without the values of sensitive headers, parameters
 * and fields. The plug adds its credentials anyway; whatever else was secret is typed in again.
 */
export function cleanRequest(send: DebugSend, { redactor }: ConnectionSecrets): DebugSend {
  const clean = <T extends Readonly<Record<string, unknown>>>(values: T, hidden: (name: string) => boolean): T =>
    // Values become values of the same kind, or a text; a name that holds a secret is no name of ours.
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, hidden(name) ? REDACTED : redactValue(value, redactor, [])]),
    ) as T;
  const { path, params, query, headers, body, ...rest } = send;
  const contentType = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  return {
    ...rest,
    ...(path === undefined ? {} : { path: redactor.text(redactUrl(path)) }),
    ...(params === undefined ? {} : { params: clean(params, () => false) }),
    ...(query === undefined ? {} : { query: clean(query, isSensitiveInput) }),
    ...(headers === undefined ? {} : { headers: clean(redactHeaders(headers), () => false) }),
    ...(body === undefined ? {} : { body: cleanBody(body) }),
  };

  function cleanBody(given: unknown): unknown {
    if (typeof given === "string") return redactor.text(hideFields(given, contentType));
    const hidden: unknown = JSON.parse(hideFields(JSON.stringify(given), "application/json"));
    return redactValue(hidden, redactor, []);
  }
}
