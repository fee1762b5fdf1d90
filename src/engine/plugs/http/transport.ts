import { Readable } from "node:stream";
import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import type { Dispatcher } from "undici";
import type { TimeoutPhase } from "../errors/plug-timeout-error.ts";
import { WireFailure, type WireRequest, type WireResponse } from "./wire.ts";

/** Send one request over a pooled connection. @throws WireFailure */
export function transport(request: WireRequest): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const handler = new WireHandler(request, resolve, reject);
    if (handler.start()) {
      request.dispatcher.dispatch(
        {
          origin: request.url.origin,
          path: request.url.pathname + request.url.search,
          method: request.method,
          headers: request.headers,
          body: request.body,
          // Ours are exact to the millisecond and know the phase; undici's tick twice a second.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      );
    }
  });
}

class WireHandler implements Dispatcher.DispatchHandler {
  readonly #request: WireRequest;
  readonly #resolve: (response: WireResponse) => void;
  readonly #reject: (failure: WireFailure) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #failure: WireFailure | null = null;
  #done = false;
  #phase: TimeoutPhase = "connect";
  #phaseTimer: NodeJS.Timeout | undefined;
  #totalTimer: NodeJS.Timeout | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #chunks: Buffer[] = [];
  #received = 0;
  #sink: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(request: WireRequest, resolve: (response: WireResponse) => void, reject: (failure: WireFailure) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** `false` when the call was aborted before it began. */
  start(): boolean {
    const { signal, remainingMs, timeouts } = this.#request;
    if (signal?.aborted) {
      this.#fail(new WireFailure("aborted", false, null, signal.reason));
      return false;
    }
    signal?.addEventListener("abort", this.#onAbort, { once: true });
    if (remainingMs !== null) {
      this.#totalTimer = setTimeout(() => this.#fail(new WireFailure("timeout", this.#sent, "total")), remainingMs);
    }
    this.#enter("connect", timeouts.connect);
    return true;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure) {
      controller.abort(this.#failure);
      return;
    }
    this.#request.watch?.onStart();
    this.#enter("headers", this.#request.timeouts.headers);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200 || this.#failure) return; // 1xx: the answer itself is still to come
    this.#request.watch?.onFirstByte();
    this.#status = status;
    this.#headers = flatHeaders(headers);
    this.#enter("body", this.#request.timeouts.body);
    if (this.#request.streaming) this.#openStream(controller);
    else if (this.#request.method !== "HEAD" && Number(this.#headers["content-length"]) > this.#request.maxBytes)
      this.#tooLarge();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#failure) return;
    this.#received += chunk.length;
    if (this.#received > this.#request.maxBytes) {
      this.#tooLarge();
      return;
    }
    this.#phaseTimer?.refresh();
    if (!this.#sink) {
      this.#chunks.push(chunk);
      return;
    }
    this.#sink.enqueue(new Uint8Array(chunk)); // a copy: undici reuses its buffer
    if ((this.#sink.desiredSize ?? 1) <= 0) {
      controller.pause();
      clearTimeout(this.#phaseTimer); // a slow reader is not a slow server
    }
  }

  onResponseEnd(): void {
    if (this.#failure) return;
    this.#finish();
    if (this.#sink) this.#sink.close();
    else {
      const [first, second] = this.#chunks;
      const body =
        first === undefined ? EMPTY : second === undefined ? first : Buffer.concat(this.#chunks, this.#received);
      this.#resolve({ status: this.#status, headers: this.#headers, body, stream: null });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error instanceof WireFailure ? error : new WireFailure("network", this.#sent, null, error));
  }

  get #sent(): boolean {
    return this.#controller !== null;
  }

  #onAbort = (): void => this.#fail(new WireFailure("aborted", this.#sent, null, this.#request.signal?.reason));
  #tooLarge = (): void => this.#fail(new WireFailure("too_large", true, null));

  #enter(phase: TimeoutPhase, timeoutMs: number): void {
    clearTimeout(this.#phaseTimer);
    this.#phase = phase;
    this.#phaseTimer = timeoutMs > 0 ? setTimeout(this.#onPhaseTimeout, timeoutMs) : undefined;
  }

  #onPhaseTimeout = (): void => {
    const { body } = this.#request;
    // While a body is still streaming up, the other side cannot answer yet. The total bounds it.
    if (this.#phase === "headers" && body instanceof Readable && !body.readableEnded && !body.destroyed) {
      this.#phaseTimer?.refresh();
      return;
    }
    this.#fail(new WireFailure("timeout", this.#sent, this.#phase));
  };

  #openStream(controller: Dispatcher.DispatchController): void {
    const resume = () => {
      if (!controller.paused) return;
      this.#enter("body", this.#request.timeouts.body);
      controller.resume();
    };
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (sink) => {
          this.#sink = sink;
        },
        pull: resume,
        cancel: (reason) => this.#fail(new WireFailure("aborted", true, null, reason)),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: 256 * 1024 }),
    );
    clearTimeout(this.#totalTimer); // the total of a stream ends here; reading may take as long as it takes
    this.#resolve({ status: this.#status, headers: this.#headers, body: EMPTY, stream });
  }

  #fail(failure: WireFailure): void {
    if (this.#done || this.#failure) return;
    this.#failure = failure;
    this.#finish();
    this.#controller?.abort(failure);
    if (this.#request.body instanceof Readable) this.#request.body.destroy();
    if (this.#sink) this.#sink.error(failure);
    this.#reject(failure); // does nothing once the promise was resolved with a stream
  }

  #finish(): void {
    this.#done = true;
    clearTimeout(this.#phaseTimer);
    clearTimeout(this.#totalTimer);
    this.#request.signal?.removeEventListener("abort", this.#onAbort);
  }
}

const EMPTY = Buffer.alloc(0);

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) out[name] = typeof value === "string" ? value : value.join(", ");
  }
  return out;
}
