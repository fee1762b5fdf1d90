import { describeError } from "../describe-error.ts";
import { KhotanError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { eventStream, type StreamedEvent } from "./event-stream.ts";

export interface StreamOptions {
  readonly request: Request;
  /** Is the caller still who may listen? Asked every minute: signing out ends a stream too. */
  readonly stillAllowed: () => Promise<boolean>;
  readonly items: (signal: AbortSignal) => AsyncGenerator<StreamedEvent, void, undefined>;
}

/** The streams this process has open. */
export interface OpenStreams {
  /** @throws KhotanError `overloaded` when there are too many. */
  open(options: StreamOptions): Response;
  /** End all of them; browsers connect again by themselves, to whoever answers then. */
  closeAll(): void;
  readonly size: number;
}

/** Each costs a socket and a little memory; beyond this something is wrong. */
const MAX_STREAMS = 1_000;
const HEARTBEAT_MS = 15_000;
const RECHECK_MS = 60_000;

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // `no-transform` and the header for nginx: nobody in between may hold events back.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** @param max default 1,000 */
export function createOpenStreams(log: Logger, max: number = MAX_STREAMS): OpenStreams {
  const open = new Set<AbortController>();
  return {
    get size() {
      return open.size;
    },
    open({ request, stillAllowed, items }) {
      if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
      if (open.size >= max) {
        throw new KhotanError("overloaded", `${max} streams are open already.`, { retryAfterSec: 15 });
      }
      const abort = new AbortController();
      open.add(abort);
      const recheck = setInterval(() => {
        stillAllowed().then(
          (allowed) => {
            if (!allowed) abort.abort();
          },
          () => undefined, // it cannot be asked now; the next minute tells
        );
      }, RECHECK_MS);
      recheck.unref();
      const leave = () => abort.abort();
      request.signal.addEventListener("abort", leave);
      const body = eventStream(items(abort.signal), abort, {
        heartbeatMs: HEARTBEAT_MS,
        onError: (error) => log.warn({ error: describeError(error) }, "a stream ended early"),
        onEnd: () => {
          clearInterval(recheck);
          request.signal.removeEventListener("abort", leave);
          open.delete(abort);
        },
      });
      return new Response(body, { headers: HEADERS });
    },
    closeAll() {
      for (const abort of open) abort.abort();
    },
  };
}
