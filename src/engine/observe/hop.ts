import {
  type Context,
  isSpanContextValid,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import type { Engine } from "../context.ts";
import type { HopStart, HopWatch } from "../plugs/index.ts";
import type { AttemptTrace } from "./attempt.ts";
import { traceHeaders } from "./tracing/traceparent.ts";
import { activeWithin, contextOf, isTracing, tracer } from "./tracing/tracer.ts";

/**
 * Watch one outbound request: its span, its figure, and the trace it takes along.
 *
 * @param given the trace of the attempt it is made for; `null` for calls that belong to no event.
 */
export function observeHop(engine: Pick<Engine, "metrics">, hop: HopStart, given: AttemptTrace | null): HopWatch {
  const startedAt = performance.now();
  const called = (status: number | null) =>
    engine.metrics.called(hop.plug, hop.source, status, (performance.now() - startedAt) / 1_000);
  if (!isTracing()) return { headers: passedOn(hop, given, null), end: called };
  const span = tracer().startSpan(
    hop.method,
    { kind: SpanKind.CLIENT, attributes: attributesOf(hop) },
    parentOf(given),
  );
  if (span.isRecording()) span.setAttribute("url.full", hop.maskedUrl());
  return {
    headers: passedOn(hop, given, span.spanContext()),
    end(status, errorType) {
      called(status);
      if (span.isRecording()) {
        if (status !== null) span.setAttribute("http.response.status_code", status);
        const failed = status === null || status >= 400;
        if (failed) span.setAttribute("error.type", errorType ?? String(status));
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
  };
}

/** A span the handler opened itself is the nearest parent, when it belongs to the event's trace. */
function parentOf(given: AttemptTrace | null): Context {
  if (given?.own) return activeWithin(undefined) ?? contextOf(null);
  const traceId = given ? trace.getSpanContext(given.context)?.traceId : undefined;
  return activeWithin(traceId) ?? given?.context ?? contextOf(null);
}

function passedOn(
  { traceparent }: HopStart,
  given: AttemptTrace | null,
  span: SpanContext | null,
): Readonly<Record<string, string>> {
  if (traceparent === false) return {};
  if (span && isSpanContextValid(span)) return traceHeaders(span);
  if (!given || (given.own && traceparent !== "always")) return {};
  const passed = trace.getSpanContext(given.context);
  return passed ? traceHeaders(passed) : {};
}

/** Semantic conventions for HTTP clients: https://opentelemetry.io/docs/specs/semconv/http/http-spans/ */
const attributesOf = ({ plug, tenant, source, endpoint, attempt, method, url }: HopStart) => ({
  "http.request.method": method,
  "server.address": url.hostname,
  "server.port": url.port === "" ? (url.protocol === "http:" ? 80 : 443) : Number(url.port),
  "url.scheme": url.protocol.slice(0, -1),
  "khotan.plug": plug,
  "khotan.tenant": tenant,
  "khotan.source": source,
  ...(endpoint === null ? {} : { "khotan.endpoint": endpoint }),
  ...(attempt > 1 ? { "http.request.resend_count": attempt - 1 } : {}),
});
