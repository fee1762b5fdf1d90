import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CHANGE_TOPICS, encodeId, newUuid } from "../../contract/index.ts";
import type { ChangeMessage } from "./change-message.ts";
import { followChanges } from "./follow-changes.ts";
import type { Listener } from "./listener.ts";

const admin = { id: "a", role: "admin", tenants: "*" } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A listener that hears what the test says. */
function speaker() {
  const hearers = new Set<(message: ChangeMessage) => void>();
  const gaps = new Set<() => void>();
  const listener: Listener = {
    on: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    onWork: () => () => undefined,
    onGap: (hear) => {
      gaps.add(hear);
      return () => void gaps.delete(hear);
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  const say = (t: ChangeMessage["t"], id: string | null = null) => {
    for (const hear of hearers) hear({ t, id });
  };
  const gap = () => {
    for (const hear of gaps) hear();
  };
  return { listener, say, gap, hearers };
}

test("a topic that changes all the time is told four times a second, with its newest id", async () => {
  const { listener, say } = speaker();
  const stop = new AbortController();
  const told: { topic: string; id: string | null }[] = [];
  const changes = followChanges(listener, admin, stop.signal);
  const reading = (async () => {
    for await (const change of changes) told.push(change);
  })();
  let newest = "";
  for (let ms = 0; ms < 1_000; ms += 10) {
    newest = newUuid();
    say("runs", newest);
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(250);
  stop.abort();
  await reading;
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(told.length).toBeLessThanOrEqual(6);
  expect(told.at(-1)).toEqual({ topic: "runs", id: encodeId("run", newest) });
});

test("what is no table is not told, and a gap tells every topic", async () => {
  const { listener, say, gap } = speaker();
  const stop = new AbortController();
  const changes = followChanges(listener, admin, stop.signal);
  const first = changes.next();
  say("log", newUuid());
  say("cancel", newUuid());
  say("events", "not a uuid");
  expect((await first).value).toEqual({ topic: "events", id: null });
  await vi.advanceTimersByTimeAsync(250);
  gap();
  const topics = new Set<string>();
  for (const _ of CHANGE_TOPICS) topics.add((await changes.next()).value?.topic ?? "");
  expect(topics).toEqual(new Set(CHANGE_TOPICS));
  stop.abort();
});

test("whoever sees some tenants only hears the topic without the id, and nobody listens any more once it is over", async () => {
  const { listener, say, hearers } = speaker();
  const stop = new AbortController();
  const changes = followChanges(listener, { ...admin, tenants: ["acme"] }, stop.signal);
  const next = changes.next();
  say("runs", newUuid());
  expect((await next).value).toEqual({ topic: "runs", id: null });
  expect(hearers.size).toBe(1);
  const end = changes.next();
  stop.abort();
  expect((await end).done).toBe(true);
  expect(hearers.size).toBe(0);
});
