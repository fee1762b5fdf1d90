import type { RecordedExchange } from "./recorded-exchange.ts";

/** A request that is about to go out. Its URL may hold secrets; `maskedUrl` makes one without. */
export interface HopStart
  extends Pick<RecordedExchange, "plug" | "tenant" | "source" | "endpoint" | "attempt" | "method"> {
  readonly url: URL;
  /** How the plug wants traces to be passed on. */
  readonly traceparent: TraceparentOption;
  readonly maskedUrl: () => string;
}

/** Watches one request: what it wants sent along, and how it came out. */
export interface HopWatch {
  readonly headers: Readonly<Record<string, string>>;
  /** @param status `null` when no answer came; then `errorType` says why. */
  end(status: number | null, errorType: string | null): void;
}

/**
 * `true` passes on a trace that came with the event or that an OpenTelemetry SDK records, `"always"` also the hub's own,
 * which nobody records; `false` passes on nothing.
 */
export type TraceparentOption = boolean | "always";
