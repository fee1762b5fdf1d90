import {
  type Context,
  context,
  isSpanContextValid,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { encodeId } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { ownTrace, parseTraceparent } from "./tracing/traceparent.ts";
import { contextOf, isTracing, tracer } from "./tracing/tracer.ts";

/** What is known of an attempt before it begins. Ids are the database's. */
export interface AttemptFacts {
  readonly id: string;
  readonly event_id: string;
  readonly run_id: string;
  readonly plug: string;
  readonly tenant: string;
  readonly attempts: number;
  readonly attempt_no: number;
  readonly source: string;
  readonly traceparent: string | null;
  readonly received_at: Date;
  readonly headers: Readonly<Record<string, string>>;
}

/** The trace that calls of an attempt belong to. */
export interface AttemptTrace {
  readonly context: Context;
  /** Nobody records it and nobody gave it: it is the event's id, and is told to those only who want it in any case. */
  readonly own: boolean;
}

export interface ObservedAttempt extends AttemptTrace {
  /** Run the handler, inside a span of its own that is active meanwhile. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The attempt is over: `outcome` is what became of it. */
  end(outcome: string, errorCode: string | null): void;
}

/**
 * Watch one attempt of a delivery: a span `deliver` under the one that received the event, and under it `run`, the
 * handler's own, which outbound calls come under.
 */
export function observeAttempt(
  engine: Pick<Engine, "metrics" | "clock">,
  facts: AttemptFacts,
  handler: { readonly name: string; readonly kind: string },
): ObservedAttempt {
  if (facts.attempt_no === 1 && facts.source === "webhook") {
    engine.metrics.started(facts.plug, handler.name, (engine.clock.now() - facts.received_at.getTime()) / 1_000);
  }
  return isTracing() ? traceAttempt(facts, handler) : untraced(facts);
}

/** Nobody records spans: there is only the trace to pass on, and it is read when a call asks for it. */
const untraced = (facts: AttemptFacts): ObservedAttempt => ({
  get context() {
    return traceOf(facts).context;
  },
  get own() {
    return traceOf(facts).own;
  },
  run: (work) => work(),
  end: () => undefined,
});

function traceAttempt(facts: AttemptFacts, handler: { readonly name: string }): ObservedAttempt {
  const { plug, tenant } = facts;
  const attributes = { "khotan.plug": plug, "khotan.tenant": tenant, "khotan.handler": handler.name };
  const options = { kind: SpanKind.CONSUMER, attributes: { ...MESSAGING, ...attributes } };
  const delivery = tracer().startSpan(`deliver ${handler.name}`, options, contextOf(storedTrace(facts)));
  if (delivery.isRecording()) {
    delivery.setAttributes({
      "messaging.destination.name": plug,
      "messaging.message.id": encodeId("event", facts.event_id),
      "khotan.delivery.id": encodeId("delivery", facts.id),
      "khotan.attempt": facts.attempts,
    });
  }
  const known = isSpanContextValid(delivery.spanContext());
  const within = known ? trace.setSpan(contextOf(null), delivery) : contextOf(ownTrace(facts.event_id));
  return {
    context: within,
    own: !known,
    async run(work) {
      const span = tracer().startSpan(`run ${handler.name}`, { attributes }, known ? within : contextOf(null));
      if (span.isRecording()) span.setAttribute("khotan.run.id", encodeId("run", facts.run_id));
      try {
        return await context.with(known ? trace.setSpan(contextOf(null), span) : contextOf(null), work);
      } catch (error) {
        fail(span, error instanceof Error ? error.name : "error");
        throw error;
      } finally {
        span.end();
      }
    },
    end(outcome, errorCode) {
      if (delivery.isRecording()) {
        delivery.setAttribute("khotan.outcome", outcome);
        if (errorCode !== null) fail(delivery, errorCode);
      }
      delivery.end();
    },
  };
}

/** The trace an event or run keeps, for calls made outside of an attempt's span: steps of a workflow. */
export function traceOf(facts: Pick<AttemptFacts, "traceparent" | "event_id" | "headers">): AttemptTrace {
  const stored = storedTrace(facts);
  return { context: contextOf(stored ?? ownTrace(facts.event_id)), own: stored === null };
}

/** `tracestate` is not stored by itself: the event's headers have it, and it goes with the trace it came with. */
function storedTrace({ traceparent, headers }: Pick<AttemptFacts, "traceparent" | "headers">): SpanContext | null {
  const stored = parseTraceparent(traceparent);
  if (stored === null || headers.tracestate === undefined) return stored;
  const sameTrace = headers.traceparent?.includes(stored.traceId) === true;
  return sameTrace ? parseTraceparent(traceparent, headers.tracestate) : stored;
}

const MESSAGING = {
  "messaging.system": "khotan",
  "messaging.operation.name": "deliver",
  "messaging.operation.type": "process",
};

/** The message itself may hold what is nobody's business; the run's record has it. */
function fail(span: Span, errorType: string): void {
  span.setAttribute("error.type", errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
