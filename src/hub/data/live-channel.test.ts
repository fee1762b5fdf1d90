import { afterEach, expect, it } from "vitest";
import type { ServerSentEvent } from "../../client/index.ts";
import { startLive } from "./live-channel.ts";

/** Web Locks of one browser: the first asker holds the lock until its work ends or is aborted. */
function browserLocks() {
  let tail: Promise<unknown> = Promise.resolve();
  const request = (_name: string, options: { signal?: AbortSignal }, work: () => Promise<unknown>) => {
    const turn = tail.then(() => {
      if (options.signal?.aborted) throw options.signal.reason;
      return work();
    });
    tail = turn.catch(() => undefined);
    return turn;
  };
  // The one overload of LockManager.request that startLive uses.
  return { request } as unknown as Pick<LockManager, "request">;
}

/** A stream whose events the test sends. */
function controlledStream() {
  const opened: { send: (topic: string) => void; signal: AbortSignal }[] = [];
  const waiting: (() => void)[] = [];
  const getStream = async (input?: { signal?: AbortSignal }) => {
    const signal = input?.signal ?? new AbortController().signal;
    const queue: ServerSentEvent[] = [];
    let wake = () => {};
    opened.push({
      signal,
      send: (topic) => {
        queue.push({ event: "change", data: JSON.stringify({ topic, id: null }), id: "" });
        wake();
      },
    });
    for (const tell of waiting.splice(0)) tell();
    signal.addEventListener("abort", () => wake());
    return (async function* () {
      while (!signal.aborted) {
        const next = queue.shift();
        if (next) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    })();
  };
  const count = (wanted: number) =>
    new Promise<void>((resolve) => {
      const check = () => (opened.length >= wanted ? resolve() : void waiting.push(check));
      check();
    });
  return { getStream, opened, count };
}

interface Tab {
  readonly heard: string[];
  readonly until: (text: string) => Promise<void>;
  readonly close: () => void;
}

const tabs: Tab[] = [];
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
});

function openTab(name: string, stream: ReturnType<typeof controlledStream>, locks?: Pick<LockManager, "request">): Tab {
  const heard: string[] = [];
  const listeners: (() => void)[] = [];
  const hear = (text: string) => {
    heard.push(text);
    for (const listener of listeners) listener();
  };
  const close = startLive({
    client: stream,
    name,
    locks,
    openChannel: (channel) => new BroadcastChannel(channel),
    onChange: ({ topic }) => hear(topic),
    onState: hear,
  });
  const until = (text: string) =>
    new Promise<void>((resolve) => {
      const check = () => heard.includes(text) && resolve();
      listeners.push(check);
      check();
    });
  const tab = { heard, until, close };
  tabs.push(tab);
  return tab;
}

it("reads one stream for all tabs, and hands it on when the reading tab closes", async () => {
  const stream = controlledStream();
  const locks = browserLocks();
  const first = openTab("live-one", stream, locks);
  await first.until("open");
  const second = openTab("live-one", stream, locks);
  await second.until("open"); // told by the first
  stream.opened[0]?.send("runs");
  await Promise.all([first.until("runs"), second.until("runs")]);
  expect(stream.opened).toHaveLength(1);

  first.close();
  await stream.count(2);
  stream.opened[1]?.send("events");
  await second.until("events");
  expect(stream.opened[0]?.signal.aborted).toBe(true);
  expect(first.heard).not.toContain("events");
});

it("reads a stream of its own where there are no locks", async () => {
  const stream = controlledStream();
  openTab("live-two", stream);
  openTab("live-two", stream);
  await stream.count(2);
  expect(stream.opened).toHaveLength(2);
});
