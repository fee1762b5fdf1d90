import { ReadableStream } from "node:stream/web";

/**
 * The same stream, whose reader gets an error that says what happened, as callers get from any other call.
 *
 * @example nameFailures(stream, (error) => toPlugError(call, error) ?? error)
 */
export function nameFailures(
  stream: ReadableStream<Uint8Array>,
  named: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        try {
          const { done, value } = await reader.read();
          if (done) sink.close();
          else sink.enqueue(value);
        } catch (error) {
          sink.error(named(error));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 }, // the stream below already reads ahead
  );
}
