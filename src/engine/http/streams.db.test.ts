import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type SendOptions, type Who } from "../../../tests/support/http-hub.ts";
import { readEventStream, type ServerSentEvent } from "../../client/read-event-stream.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
/** Lets the handler's next steps happen, one by one. */
const steps: (() => void)[] = [];
const step = () => new Promise<void>((resolve) => steps.push(resolve));
const next = async () => {
  await expect.poll(() => steps.length).toBeGreaterThan(0);
  steps.shift()?.();
};
const open: AbortController[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
  const slow = catchEvent({
    name: "slow",
    run: async (ctx) => {
      ctx.log("one");
      await step();
      ctx.log.warn("two", { n: 2 });
      ctx.progress(1, 2);
      await step();
      ctx.log("three");
    },
  });
  hub = createHttpHub(database.url, {
    plugs: [{ plug: shop, wires: [wire({ verify: githubSignature() })], catches: [slow] }],
  });
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: "a-shared-secret" } } });
  await hub.khotan.start();
});
afterEach(() => {
  for (const abort of open.splice(0)) abort.abort();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

async function follow(who: Who, path: string, options: SendOptions = {}) {
  const abort = new AbortController();
  open.push(abort);
  const answer = await hub.send(who, "GET", path, { ...options, signal: abort.signal });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store, no-transform");
  if (!answer.response.body) throw new Error("there is no stream");
  return readEventStream(answer.response.body);
}

async function read(stream: AsyncGenerator<ServerSentEvent, void>, until: (event: ServerSentEvent) => boolean) {
  const events: ServerSentEvent[] = [];
  for (;;) {
    const { value, done } = await stream.next();
    if (done || !value) throw new Error(`the stream ended after ${JSON.stringify(events)}`);
    events.push(value);
    if (until(value)) return events;
  }
}

async function post(id: string) {
  const body = new TextEncoder().encode(JSON.stringify({ id }));
  const signed = githubSignature().sign?.(
    { method: "POST", url: "http://hub.test", headers: {}, body },
    "a-shared-secret",
  );
  const headers = {
    ...signed?.headers,
    "x-github-event": "push",
    "x-github-delivery": id,
    "content-type": "application/json",
  };
  const answer = await hub.send(null, "POST", "/webhook/shop", { raw: body, headers });
  expect(answer.status).toBe(202);
  return answer.json.id as string;
}

async function runOf(eventId: string) {
  const ask = async () =>
    (await hub.send("viewer", "GET", `/runs?q=${eventId}`)).json.items[0]?.id as string | undefined;
  await expect.poll(ask).toMatch(/^run_/);
  return (await ask()) ?? "";
}

describe("GET /stream", () => {
  test("says hello, then which tables changed, with their newest id", async () => {
    const stream = await follow("viewer", "/stream");
    expect((await stream.next()).value).toMatchObject({ event: "hello" });
    const eventId = await post("evt-a");
    const seen = await read(stream, ({ data }) => data.includes('"events"'));
    expect(seen.at(-1)).toMatchObject({ event: "change", data: JSON.stringify({ topic: "events", id: eventId }) });
    await read(stream, ({ data }) => /"topic":"runs","id":"run_/.test(data));
    await next();
    await next();
  });

  test("tells no ids to whoever may not see every tenant", async () => {
    const stream = await follow("acme", "/stream");
    await stream.next();
    await post("evt-b");
    const seen = await read(stream, ({ data }) => data.includes('"events"'));
    expect(seen.map(({ data }) => JSON.parse(data).id)).toEqual(seen.map(() => null));
    await next();
    await next();
  });

  test("tells a topic at most four times a second, however much happens", async () => {
    const stream = await follow("viewer", "/stream");
    await stream.next();
    const started = performance.now();
    for (let at = 0; at < 40; at++) {
      await hub.sql`select pg_notify('khotan', ${JSON.stringify({ t: "audit", id: null })})`;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await hub.sql`select pg_notify('khotan', ${JSON.stringify({ t: "flows", id: null })})`;
    const seen = await read(stream, ({ data }) => data.includes('"flows"'));
    const told = seen.filter(({ data }) => data.includes('"audit"')).length;
    expect(told).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - started) / 250));
  });

  test("answers HEAD without opening a stream", async () => {
    const answer = await hub.send("viewer", "HEAD", "/stream");
    expect([answer.status, answer.response.body]).toEqual([200, null]);
  });
});

describe("GET /runs/{id}/stream", () => {
  test("tells the run and each line of its log once and in order, and ends with the run", async () => {
    const runId = await runOf(await post("evt-c"));
    const stream = await follow("viewer", `/runs/${runId}/stream`);
    const all: ServerSentEvent[] = [];
    const readUntil = async (...kinds: ((event: ServerSentEvent) => boolean)[]) => {
      while (!kinds.every((kind) => all.some(kind))) all.push(...(await read(stream, () => true)));
    };
    const line = (message: string) => (event: ServerSentEvent) =>
      event.event === "log" && event.data.includes(`"${message}"`);
    await readUntil(line("one"));
    expect(JSON.parse(all[0]?.data ?? "")).toMatchObject({ id: runId, status: "running" });
    await next();
    await readUntil(
      line("two"),
      ({ event, data }) => event === "run" && data.includes('"progress":{"done":1,"total":2}'),
    );
    await next();
    await readUntil(({ event }) => event === "end");
    const lines = all.filter(({ event }) => event === "log").map(({ data }) => JSON.parse(data));
    expect(lines).toMatchObject([
      { level: "info", message: "one", attempt: 1 },
      { level: "warn", message: "two", data: { n: 2 } },
      { level: "info", message: "three" },
    ]);
    expect(JSON.parse(all.at(-1)?.data ?? "")).toEqual({ status: "succeeded" });
    expect(JSON.parse(all.findLast(({ event }) => event === "run")?.data ?? "")).toMatchObject({ status: "succeeded" });
    expect((await stream.next()).done).toBe(true);

    const lineId = all.find(line("one"))?.id ?? "";
    const resumed = await follow("viewer", `/runs/${runId}/stream`, { headers: { "last-event-id": lineId } });
    const again = await read(resumed, ({ event }) => event === "end");
    expect(again.filter(({ event }) => event === "log").map(({ data }) => JSON.parse(data).message)).toEqual([
      "two",
      "three",
    ]);
  });

  test("of a run that is not there is 404", async () => {
    const answer = await hub.send("viewer", "GET", "/runs/run_x/stream");
    expect([answer.status, answer.json.error.code]).toEqual([404, "not_found"]);
  });
});

test("streams end when the hub stops", async () => {
  const other = createHttpHub(database.url, { plugs: [] });
  const answer = await other.send("viewer", "GET", "/stream");
  if (!answer.response.body) throw new Error("there is no stream");
  const stream = readEventStream(answer.response.body);
  expect((await stream.next()).value).toMatchObject({ event: "hello" });
  const end = stream.next();
  await other.stop();
  expect((await end).done).toBe(true);
});
