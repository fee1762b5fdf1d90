/** One server-sent event. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface StreamedEvent {
  readonly event: string;
  /** Sent as JSON. */
  readonly data: unknown;
  /** Given back as `Last-Event-ID` by a client that lost the connection. */
  readonly id?: string;
}

export interface EventStreamOptions {
  /** A comment is sent this often, so that proxies see life and dead connections are noticed. */
  readonly heartbeatMs: number;
  /** Called once, however it ended. */
  readonly onEnd: () => void;
  /** What went wrong while reading the items; the stream just ends then, and the client connects anew. */
  readonly onError: (error: unknown) => void;
}

const encoder = new TextEncoder();

/**
 * Items as the body of a `text/event-stream`. The next item is asked for when
 * the last one was read, so a slow reader slows its own stream and nothing else.
 *
 * @param items ends by itself when the stream's abort signal fires.
 */
export function eventStream(
  items: AsyncGenerator<StreamedEvent, void, undefined>,
  abort: AbortController,
  { heartbeatMs, onEnd, onError }: EventStreamOptions,
): ReadableStream<Uint8Array> {
  let ended = false;
  let heartbeat: NodeJS.Timeout | undefined;
  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    abort.abort();
    onEnd();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      // The browser waits this long before it connects again.
      controller.enqueue(encoder.encode("retry: 1000\n\n"));
      heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": still here\n\n"));
      }, heartbeatMs);
      heartbeat.unref();
    },
    async pull(controller) {
      try {
        const { done, value } = await items.next();
        if (ended) return;
        if (!done) {
          controller.enqueue(encoder.encode(format(value)));
          return;
        }
      } catch (error) {
        if (ended) return;
        onError(error);
      }
      end();
      controller.close();
    },
    async cancel() {
      end();
      await items.return();
    },
  });
}

function format({ event, data, id }: StreamedEvent): string {
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
