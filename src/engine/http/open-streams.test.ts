import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Logger } from "../logger.ts";
import type { StreamedEvent } from "./event-stream.ts";
import { createOpenStreams, type OpenStreams } from "./open-streams.ts";

const warnings: string[] = [];
const ignore = () => undefined;
const log: Logger = { debug: ignore, info: ignore, error: ignore, warn: (_, message) => void warnings.push(message) };

beforeEach(() => {
  vi.useFakeTimers();
  warnings.length = 0;
});
afterEach(() => void vi.useRealTimers());

/** Yields what it is given, then waits until it is told to stop. */
async function* endless(
  signal: AbortSignal,
  ...events: StreamedEvent[]
): AsyncGenerator<StreamedEvent, void, undefined> {
  yield* events;
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

function open(streams: OpenStreams, options: { allowed?: () => Promise<boolean>; signal?: AbortSignal } = {}) {
  const { allowed = async () => true, signal } = options;
  const response = streams.open({
    request: new Request("http://h/stream", { signal }),
    stillAllowed: allowed,
    items: (stop) => endless(stop, { event: "hello", data: { n: 1 }, id: "7" }),
  });
  const reader = response.body?.getReader();
  if (!reader) throw new Error("there is no body");
  return reader;
}

const text = ({ value }: { value?: Uint8Array }) => new TextDecoder().decode(value);

describe("a stream", () => {
  test("writes events as the standard says, and a comment now and then", async () => {
    const streams = createOpenStreams(log);
    const reader = open(streams);
    expect(text(await reader.read())).toBe("retry: 1000\n\n");
    expect(text(await reader.read())).toBe('event: hello\nid: 7\ndata: {"n":1}\n\n');
    const next = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(text(await next)).toBe(": still here\n\n");
    await reader.cancel();
    expect(streams.size).toBe(0);
  });

  test("ends when its caller leaves, and when all are told to", async () => {
    const streams = createOpenStreams(log);
    const leave = new AbortController();
    const [first, second] = [open(streams, { signal: leave.signal }), open(streams)];
    const drain = async (reader: typeof first) => {
      while (!(await reader.read()).done);
    };
    const ends = [drain(first), drain(second)];
    expect(streams.size).toBe(2);
    leave.abort();
    await ends[0];
    expect(streams.size).toBe(1);
    streams.closeAll();
    await ends[1];
    expect(streams.size).toBe(0);
    expect(warnings).toEqual([]);
  });

  test("ends within a minute once its caller may no longer listen", async () => {
    const streams = createOpenStreams(log);
    let may = true;
    const reader = open(streams, { allowed: async () => may });
    const ended = (async () => {
      while (!(await reader.read()).done);
    })();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(streams.size).toBe(1);
    may = false;
    await vi.advanceTimersByTimeAsync(60_000);
    await ended;
    expect(streams.size).toBe(0);
  });

  test("is refused when there are too many", async () => {
    const streams = createOpenStreams(log, 1);
    const reader = open(streams);
    expect(() => open(streams)).toThrow(expect.objectContaining({ code: "overloaded" }));
    await reader.cancel();
    await open(streams).cancel();
  });

  test("whose source breaks just ends, and the log says so", async () => {
    const streams = createOpenStreams(log);
    const response = streams.open({
      request: new Request("http://h/stream"),
      stillAllowed: async () => true,
      // biome-ignore lint/correctness/useYield: it breaks before it has anything to say
      async *items() {
        throw new Error("the database went away");
      },
    });
    expect(await response.text()).toBe("retry: 1000\n\n");
    expect(streams.size).toBe(0);
    expect(warnings).toEqual(["a stream ended early"]);
  });
});
