import { context, ROOT_CONTEXT, type SpanContext, type Tracer, type TracerProvider, trace } from "@opentelemetry/api";
import { VERSION } from "../../version.ts";

let known: { readonly provider: TracerProvider; readonly tracer: Tracer } | null = null;

/**
 * The tracer of whatever OpenTelemetry SDK the app registered, before or after the hub was made, by this copy of the API
 * or another one. Without an SDK it makes spans that are nothing and cost next to nothing.
 */
export function tracer(): Tracer {
  const provider = trace.getTracerProvider();
  if (known?.provider !== provider) known = { provider, tracer: provider.getTracer("khotan", VERSION) };
  return known.tracer;
}

/** A context whose parent is this span. It begins anew: whatever is active where a worker was started is none of an event's business. */
export const contextOf = (parent: SpanContext | null) =>
  parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);

/** The active context, when its span belongs to this trace or there is no trace yet; else `null`. */
export function activeWithin(traceId: string | undefined) {
  const active = trace.getActiveSpan();
  if (!active) return null;
  return traceId === undefined || active.spanContext().traceId === traceId ? context.active() : null;
}
