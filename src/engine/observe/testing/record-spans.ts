import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";

export interface SpanRecorder {
  /** Spans that ended so far, in that order. */
  spans(): ReadableSpan[];
  stop(): Promise<void>;
}

/** Register a real OpenTelemetry SDK, as an app's `instrumentation.ts` does, and keep the spans. */
export function recordSpans(options: { processors?: SpanProcessor[]; sampler?: Sampler } = {}): SpanRecorder {
  const exporter = new InMemorySpanExporter();
  const { sampler, processors = [] } = options;
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter), ...processors],
    ...(sampler ? { sampler } : {}),
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    spans: () => exporter.getFinishedSpans(),
    async stop() {
      await provider.forceFlush();
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}
