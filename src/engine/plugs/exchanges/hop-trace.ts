import type { Readable } from "node:stream";
import type { FormData } from "undici";
import type { Failure, Timing } from "../../../contract/index.ts";
import type { Call } from "../call.ts";
import type { WireWatch } from "../http/wire.ts";
import { redactBody } from "./redact-body.ts";
import { onNextSocket, type SocketTiming, takeSocketTiming } from "./socket-timing.ts";

/** The request as it went out, credentials included; they are hidden when the trace is closed. */
export interface TracedRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable | FormData | null;
}

interface TracedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes as they came over the wire. */
  readonly size: number | null;
}

/** Watches one request on the wire and reports it to the binding as an exchange. */
export class HopTrace implements WireWatch {
  readonly #call: Call;
  readonly #request: TracedRequest;
  readonly #startedAt = new Date();
  readonly #start = performance.now();
  #sentAt: number | null = null;
  #firstByteAt: number | null = null;
  #endedAt: number | null = null;
  #socket: SocketTiming | null = null;
  #answer: TracedAnswer | null = null;
  #body: Uint8Array | null = null;
  #closed = false;

  constructor(call: Call, request: TracedRequest) {
    this.#call = call;
    this.#request = request;
  }

  onStart(): void {
    this.#sentAt = performance.now();
    onNextSocket((socket) => {
      this.#socket = takeSocketTiming(socket);
    });
  }

  onFirstByte(): void {
    this.#firstByteAt = performance.now();
  }

  answered(answer: TracedAnswer): void {
    this.#answer = answer;
    this.#endedAt = performance.now();
  }

  /** The body of the answer, decompressed. */
  read(body: Uint8Array): void {
    this.#body = body;
  }

  /** Report it, once. */
  close(error: Failure | null): void {
    if (this.#closed) return;
    this.#closed = true;
    const { binding, core } = this.#call.session;
    const timing = this.#timing();
    const mask = this.#call.mask();
    const { url, method, headers, body } = this.#request;
    const known = typeof body === "string" || Buffer.isBuffer(body) ? body : null;
    binding.onExchange?.({
      plug: core.name,
      tenant: binding.tenant,
      runId: binding.runId ?? null,
      source: binding.source ?? "run",
      endpoint: this.#call.input.endpoint,
      attempt: this.#call.attempt,
      method,
      url: mask.url(url),
      status: this.#answer?.status ?? null,
      startedAt: this.#startedAt.toISOString(),
      durationMs: timing.totalMs,
      requestSize: known === null ? 0 : Buffer.byteLength(known),
      responseSize: this.#answer?.size ?? null,
      error,
      requestHeaders: mask.headers(headers),
      requestBody: redactBody(known, headers["content-type"], mask),
      responseHeaders: mask.headers(this.#answer?.headers ?? {}),
      responseBody: redactBody(this.#body, this.#answer?.headers["content-type"], mask),
      timing,
    });
  }

  #timing(): Timing {
    return {
      dnsMs: rounded(this.#socket?.dnsMs ?? null),
      connectMs: rounded(this.#socket?.connectMs ?? null),
      tlsMs: rounded(this.#socket?.tlsMs ?? null),
      firstByteMs: this.#firstByteAt === null || this.#sentAt === null ? null : round(this.#firstByteAt - this.#sentAt),
      totalMs: round((this.#endedAt ?? performance.now()) - this.#start),
    };
  }
}

/** Microseconds are as fine as these clocks get. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
const rounded = (ms: number | null): number | null => (ms === null ? null : round(ms));
