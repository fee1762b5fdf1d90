import {
  context,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type SpanContext,
  type Tracer,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { VERSION } from "../../version.ts";

/**
 * Did the app register an SDK? Asked at every event, so that one without pays for nothing but the question. A provider
 * that is not this copy's placeholder is taken for one; at worst its spans are nothing.
 */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer("khotan", VERSION) !== undefined;
}

let known: { readonly provider: TracerProvider; readonly tracer: Tracer } | null = null;

/**
 * The tracer of whatever OpenTelemetry SDK the app registered, before or after the hub was made, by this copy of the API
 * or another one.
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
