import { isSpanContextValid, type Span, type SpanContext, SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { encodeId } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { IncomingWebhook, WebhookOutcome } from "../events/receive-webhook.ts";
import { formatTraceparent, parseTraceparent } from "./tracing/traceparent.ts";
import { activeWithin, contextOf, isTracing, tracer } from "./tracing/tracer.ts";

/**
 * Watch a webhook being taken in: the first span of an event's trace, and its count. The event keeps the trace it is
 * given here, so that deliveries hours later are still part of it.
 */
export async function observeReceipt(
  engine: Pick<Engine, "metrics" | "registry">,
  request: IncomingWebhook,
  take: (request: IncomingWebhook) => Promise<WebhookOutcome>,
): Promise<WebhookOutcome> {
  const startedAt = performance.now();
  const incoming = parseTraceparent(request.headers.traceparent, request.headers.tracestate);
  const span = isTracing() ? startSpan(request, incoming) : null;
  const plug = engine.registry.definitions.has(request.plug) ? request.plug : "";
  let outcome: WebhookOutcome | null = null;
  try {
    outcome = await take({ ...request, traceparent: storedTrace(span?.spanContext() ?? incoming) });
    return outcome;
  } finally {
    const kind = outcome?.kind ?? "failed";
    engine.metrics.received(plug, kind, (performance.now() - startedAt) / 1_000);
    if (outcome?.kind === "rejected") engine.metrics.rejected(plug, outcome.reason);
    if (span?.isRecording()) {
      span.setAttribute("khotan.outcome", kind);
      if (outcome && "id" in outcome) span.setAttribute("messaging.message.id", encodeId("event", outcome.id));
      const failed = kind === "failed" || kind === "unavailable" || kind === "rejected";
      if (failed) span.setAttribute("error.type", outcome?.kind === "rejected" ? outcome.reason : kind);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span?.end();
  }
}

const startSpan = (request: IncomingWebhook, incoming: SpanContext | null): Span =>
  tracer().startSpan(
    `receive ${request.plug}`,
    { kind: SpanKind.CONSUMER, attributes: attributesOf(request) },
    activeWithin(incoming?.traceId) ?? contextOf(incoming),
  );

/** Semantic conventions for messaging: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
const attributesOf = ({ plug, tenant, body }: IncomingWebhook) => ({
  "messaging.system": "khotan",
  "messaging.operation.name": "receive",
  "messaging.operation.type": "receive",
  "messaging.destination.name": plug,
  "messaging.message.body.size": body.byteLength,
  "khotan.tenant": tenant,
});

const storedTrace = (span: SpanContext | null): string | null =>
  span && isSpanContextValid(span) ? formatTraceparent(span) : null;
