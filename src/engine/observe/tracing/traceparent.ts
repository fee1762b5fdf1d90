import { createTraceState, isValidSpanId, isValidTraceId, type SpanContext } from "@opentelemetry/api";

const PATTERN = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Read a `traceparent` header, with the `tracestate` beside it.
 *
 * @returns `null` for what is none; version `ff`, ids of zeros, and text after a version 00 are none.
 *
 * Source: W3C Trace Context, https://www.w3.org/TR/trace-context/ §3.2 and §4.3
 */
export function parseTraceparent(value: string | null | undefined, tracestate?: string): SpanContext | null {
  const [, version, traceId = "", spanId = "", flags = "", rest] = PATTERN.exec(value?.trim() ?? "") ?? [];
  if (version === undefined || version === "ff" || (version === "00" && rest !== undefined)) return null;
  if (!isValidTraceId(traceId) || !isValidSpanId(spanId)) return null;
  return {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & KNOWN_FLAGS,
    isRemote: true,
    ...(tracestate ? { traceState: createTraceState(tracestate) } : {}),
  };
}

/** Sampled, and random trace id (Level 2); bits of later levels are not passed on. */
const KNOWN_FLAGS = 0b11;

/** @example formatTraceparent(span.spanContext()) // "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" */
export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & KNOWN_FLAGS).toString(16).padStart(2, "0")}`;

/** The headers that carry a trace on. */
export function traceHeaders(context: SpanContext): Record<string, string> {
  const state = context.traceState?.serialize();
  return { traceparent: formatTraceparent(context), ...(state ? { tracestate: state } : {}) };
}

/**
 * The trace of an event that came without one, while nobody records traces: its trace id **is** the event's id, so that
 * nothing has to be made up or stored and whoever has one has the other. Its last 7 bytes are random, as Level 2 wants.
 */
export function ownTrace(eventId: string): SpanContext {
  const traceId = eventId.replaceAll("-", "");
  return { traceId, spanId: traceId.slice(16), traceFlags: 1, isRemote: true };
}
