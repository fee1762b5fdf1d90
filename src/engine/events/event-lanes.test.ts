import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { newUuid } from "../../contract/index.ts";
import { createEventLanes } from "./event-lanes.ts";
import type { NewEvent, StoredEvent } from "./insert-events.ts";

const event = (type: string, orderKey: string | null = null): NewEvent => ({
  id: newUuid(),
  plug: "source",
  tenant: "default",
  type,
  dedupeKey: type,
  receivedAt: new Date(),
  method: "POST",
  path: "/",
  contentType: null,
  headers: {},
  body: new Uint8Array(10),
  verification: { ok: true, scheme: "none" },
  origin: "webhook",
  causationId: null,
  traceparent: null,
  orderKey: null,
  priority: 0,
  deliveries: [
    { id: newUuid(), handlerId: newUuid(), maxAttempts: 1, held: null, limited: false, orderKey, priority: 0 },
  ],
});

/** A store whose statements end when the test says so. */
function controlled() {
  const statements: { types: string[]; end: () => void }[] = [];
  const store = (events: readonly NewEvent[]) =>
    new Promise<StoredEvent[]>((resolve) => {
      const end = () => resolve(events.map(({ id }) => ({ id, duplicate: false })));
      statements.push({ types: events.map(({ type }) => type), end });
    });
  return { statements, store };
}

test("two statements are under way at a time, and what arrives meanwhile travels in the next ones", async () => {
  const { statements, store } = controlled();
  const insert = createEventLanes(store);
  const stored = ["a", "b", "c", "d", "e"].map((type) => insert(event(type)));
  expect(statements.map(({ types }) => types)).toEqual([["a"], ["b"]]);
  for (const statement of statements) statement.end();
  await turn();
  expect(statements.slice(2).map(({ types }) => types)).toEqual([["c", "e"], ["d"]]);
  for (const statement of statements) statement.end();
  expect(await Promise.all(stored)).toHaveLength(5);
});

test("events whose deliveries have an order never overtake each other", async () => {
  const { statements, store } = controlled();
  const insert = createEventLanes(store);
  const stored = ["1", "2", "3"].map((type) => insert(event(type, "key")));
  expect(statements.map(({ types }) => types)).toEqual([["1"]]);
  statements[0]?.end();
  await turn();
  expect(statements.map(({ types }) => types)).toEqual([["1"], ["2", "3"]]);
  statements[1]?.end();
  await Promise.all(stored);
});
