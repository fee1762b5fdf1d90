import type { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Dispatcher, FormData } from "undici";
import type { TimeoutPhase } from "../errors/plug-timeout-error.ts";
import type { Timeouts } from "./timeouts.ts";

/** One request on the wire: no redirects, no retries, no parsing. */
export interface WireRequest {
  readonly dispatcher: Dispatcher;
  readonly url: URL;
  readonly method: string;
  /** Names are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable | FormData | null;
  readonly timeouts: Timeouts;
  /** What is left of the call's total, in milliseconds; `null` when it has none. */
  readonly remainingMs: number | null;
  readonly signal: AbortSignal | undefined;
  /** Of the body as it comes over the wire. */
  readonly maxBytes: number;
  /** Hand the body on as it comes instead of collecting it. */
  readonly streaming: boolean;
  readonly watch: WireWatch | undefined;
}

/** Told the moments of a request, for exchanges. `onStart` runs right before undici writes. */
export interface WireWatch {
  onStart(): void;
  onFirstByte(): void;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  /** Set instead of `body` when the request asked for streaming. */
  readonly stream: ReadableStream<Uint8Array> | null;
}

/** Why a request got no whole answer. Turned into the plug's errors by `describeFailure`. */
export class WireFailure extends Error {
  readonly kind: "timeout" | "too_large" | "aborted" | "network";
  readonly phase: TimeoutPhase | null;
  /** Whether any of it may have reached the other side. */
  readonly sent: boolean;

  constructor(kind: WireFailure["kind"], sent: boolean, phase: TimeoutPhase | null, cause?: unknown) {
    super(kind, { cause });
    this.kind = kind;
    this.sent = sent;
    this.phase = phase;
  }
}
