import type { DebugAnswer, ExchangeDetail } from "../../../contract/index.ts";

/** A call that was kept, in the form of an answer: its body is what was stored of it, at most 64 KB. */
export function answerOfExchange(exchange: ExchangeDetail): DebugAnswer {
  const { status, responseBody, responseHeaders, timing } = exchange;
  const text = responseBody?.text ?? null;
  const parsed = responseBody?.truncated ? undefined : parse(text);
  const kind =
    !responseBody || responseBody.size === 0
      ? "empty"
      : text === null
        ? "binary"
        : parsed === undefined
          ? "text"
          : "json";
  return {
    request: {
      method: exchange.method,
      url: exchange.url,
      headers: exchange.requestHeaders,
      body: exchange.requestBody?.text ?? null,
      tenant: exchange.tenant,
      mutating: false,
      curl: exchange.curl,
    },
    response:
      status === null
        ? null
        : {
            status,
            headers: responseHeaders,
            body: kind === "json" ? parsed : text,
            kind,
            size: responseBody?.size ?? 0,
            truncated: responseBody?.truncated ?? false,
            timing,
          },
    ...(exchange.error ? { error: exchange.error } : {}),
    ...(exchange.endpoint ? { endpoint: exchange.endpoint } : {}),
    exchangeId: exchange.id,
  };
}

function parse(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
