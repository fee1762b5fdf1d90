import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../../tests/support/hub.ts";
import { newUuid } from "../../../contract/index.ts";
import { flowHandle } from "../../flows/flow-handle.ts";
import { inflow, none, platformTable, plug, sync } from "../../index.ts";
import { recogniseEcho } from "../echoes/echoes.ts";

/** With a key of its own; `ref` is what the source calls the row. */
const people = pgTable("people", {
  id: serial("id").primaryKey(),
  ref: text("ref").unique(),
  name: text("name").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
/** Its key is the source's. */
const places = pgTable("places", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});

interface Kept {
  id: string;
  name: string;
  updatedAt: string;
}
/** The other side: it takes idempotency keys as Stripe does, and refuses one that comes with another body. */
let store: Map<string, Kept>;
let answers: Map<string, { body: string; kept: Kept }>;
let calls: string[];
/** Calls of this method are done, and then their connection is cut. */
let cut: string | null;
/** Told of each call that was done, before it is answered. */
let onDone: (call: string) => Promise<unknown>;
let server: Server;
let origin: string;
let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await readAll(request);
    const { method = "" } = request;
    const [, id = ""] = /^\/things\/([^?]+)/.exec(request.url ?? "") ?? [];
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    if (method === "GET") return answer(200, { items: [...store.values()] });
    calls.push(`${method} ${id || (JSON.parse(body) as Kept).name}`);
    const now = new Date().toISOString();
    let kept: Kept | undefined = store.get(id);
    if (method === "POST") {
      const key = String(request.headers["idempotency-key"]);
      const before = answers.get(key);
      if (before && before.body !== body) return answer(422, { error: "this key came with another body before" });
      const { name } = JSON.parse(body) as Kept;
      if (name.startsWith("bad")) return answer(422, { error: "a bad name" });
      kept = before?.kept ?? { id: `t${store.size + 1}`, name, updatedAt: now };
      if (!before) store.set(kept.id, kept);
      answers.set(key, { body, kept });
    } else if (method === "PATCH" && kept) {
      kept = { ...kept, ...(JSON.parse(body) as Kept), updatedAt: now };
      store.set(id, kept);
    } else if (method === "DELETE") store.delete(id);
    await onDone(`${method} ${kept?.id ?? id}`);
    if (cut === method) return void request.socket.destroy();
    answer(200, kept ?? {});
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  database = await createTestDatabase();
  const source = plug({ name: "source", baseUrl: origin, auth: none() });
  const common = {
    plug: source,
    read: async ({ ctx }: { ctx: { plug: { get<T>(path: string): Promise<T> } } }) => ({
      items: (await ctx.plug.get<{ items: Kept[] }>("/things")).items,
    }),
    key: "id",
    updatedAt: "updatedAt",
    deleted: () => false,
    deletes: "remove",
    maxDeletedShare: 0.6,
    conflict: "newest_wins",
    drift: "off",
    fields: ({ name }: Kept) => ({ name }),
  } as const;
  const flowOf = (name: string, platform: ReturnType<typeof platformTable>) =>
    inflow({
      name,
      plug: source,
      retry: { attempts: 1 },
      run: sync({
        ...common,
        platform,
        async push(batch, { ctx }) {
          for (const { key, record } of batch) await ctx.plug.patch(`/things/${key}`, { body: record });
          return { updated: batch.length };
        },
        async create(batch, { ctx }) {
          const created = [];
          const failures = [];
          for (const { localKey, record, idempotencyKey } of batch) {
            try {
              const { id } = await ctx.plug.post<Kept>("/things", { body: record, idempotencyKey });
              created.push({ localKey, key: id });
            } catch (error) {
              if (!String(error).includes("422")) throw error;
              failures.push({ localKey, error });
            }
          }
          return { created, failures };
        },
        async sendDeletes(keys, { ctx }) {
          for (const key of keys) await ctx.plug.delete(`/things/${key}`);
        },
      }),
    });
  hub = createTestHub(database.url, {
    plugs: [
      {
        plug: source,
        flows: [
          flowOf("people", platformTable(people, { key: "ref", id: "id", fields: ["name"], updatedAt: "updatedAt" })),
          flowOf(
            "places",
            platformTable(places, { key: "id", fields: ["name"], updatedAt: "updatedAt", deletedAt: "deletedAt" }),
          ),
        ],
      },
    ],
  });
  await hub.sql`create table people (id serial primary key, ref text unique, name text not null, updated_at timestamptz not null default now())`;
  await hub.sql`create table places (id text primary key, name text not null, updated_at timestamptz not null default now(), deleted_at timestamptz)`;
  await hub.runtime.start();
});
afterAll(async () => {
  await hub.stop();
  server.close();
  server.closeAllConnections();
  await database.drop();
});
beforeEach(async () => {
  store = new Map();
  answers = new Map();
  calls = [];
  cut = null;
  onDone = async () => undefined;
  await hub.sql`
    truncate people, places, khotan_flow_cursors, khotan_sync_states, khotan_sync_creations, khotan_sync_conflicts,
      khotan_sync_echoes
  `;
});
afterEach(async () => {
  expect(await hub.sql`select local_key from khotan_sync_creations`).toEqual([]);
});

async function readAll(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
const run = async (name: string) => (await flowHandle(hub.engine, hub.runtime, name).start()).finished();
const names = () => [...store.values()].map(({ name }) => name).sort();
const add = (name: string) => hub.sql`insert into people (name) values (${name})`;
const rename = (from: string, to: string) =>
  hub.sql`update people set name = ${to}, updated_at = now() where name = ${from}`;
const here = async () => (await hub.sql`select ref, name from people order by name`).map((row) => [row.ref, row.name]);

describe("what is new here", () => {
  test("is made there once and known by its name from then on; changes of both sides go on as ever", async () => {
    store.set("s1", { id: "s1", name: "Ada", updatedAt: "2026-01-01T00:00:00.000Z" });
    await add("Bob");
    const first = await run("people");
    expect(first).toMatchObject({ status: "succeeded", counters: { extracted: 1, created: 2 } });
    expect([calls, names()]).toEqual([["POST Bob"], ["Ada", "Bob"]]);
    expect(await here()).toEqual([
      ["s1", "Ada"],
      ["t2", "Bob"],
    ]);
    await run("people");
    expect(calls).toHaveLength(1);
    await rename("Bob", "Rob");
    store.set("s1", { id: "s1", name: "Ida", updatedAt: new Date().toISOString() });
    await run("people");
    expect(calls).toEqual(["POST Bob", "PATCH t2"]);
    expect([names(), (await here()).map(([, name]) => name)]).toEqual([
      ["Ida", "Rob"],
      ["Ida", "Rob"],
    ]);
    expect(await hub.sql`select 1 from khotan_sync_conflicts`).toEqual([]);
  });

  test("is made once though the answer is lost, and changed here meanwhile: one there, one here, both alike", async () => {
    await add("Bob");
    cut = "POST";
    expect((await run("people")).status).toBe("failed");
    expect(names()).toEqual(["Bob"]);
    // It is in the source now, under a name nobody here knows; and it is another here by now.
    await rename("Bob", "Rob");
    cut = null;
    expect((await run("people")).status).toBe("succeeded");
    expect([names(), await here()]).toEqual([["Rob"], [["t1", "Rob"]]]);
    expect(calls.filter((call) => call.startsWith("PATCH"))).toEqual(["PATCH t1"]);
  });

  test("and refused there fails alone; changed, it is made by the next run", async () => {
    await add("bad one");
    await add("Bob");
    expect(await run("people")).toMatchObject({ status: "partial", counters: { created: 1, failed: 1 } });
    expect([names(), await here()]).toEqual([
      ["Bob"],
      [
        ["t1", "Bob"],
        [null, "bad one"],
      ],
    ]);
    await rename("bad one", "good one");
    expect(await run("people")).toMatchObject({ status: "succeeded", counters: { created: 1 } });
    expect(names()).toEqual(["Bob", "good one"]);
  });

  test("and deleted while it is made is deleted there as well", async () => {
    await add("Ada");
    await add("Bob");
    onDone = (call) => (call === "POST t1" ? hub.sql`delete from people where name = 'Ada'` : Promise.resolve());
    await run("people");
    expect(names()).toEqual(["Ada", "Bob"]);
    await run("people");
    expect([names(), (await here()).map(([, name]) => name)]).toEqual([["Bob"], ["Bob"]]);
  });

  test("takes the source's name as its own where a table has no other key", async () => {
    await hub.sql`insert into places (id, name) values ('mine-1', 'Rome')`;
    await run("places");
    expect(await hub.sql`select id, name from places`).toEqual([{ id: "t1", name: "Rome" }]);
    await hub.sql`insert into places (id, name) values ('mine-2', 'bad place')`;
    expect((await run("places")).status).toBe("partial");
    await hub.sql`update places set name = 'Oslo', updated_at = now() where id = 'mine-2'`;
    await run("places");
    expect([names(), await hub.sql`select id from places order by id`]).toEqual([
      ["Oslo", "Rome"],
      [{ id: "t1" }, { id: "t2" }],
    ]);
  });
});

describe("what was deleted here", () => {
  beforeEach(async () => {
    for (const [at, name] of ["Ada", "Bob", "Cyd"].entries()) {
      store.set(`s${at}`, { id: `s${at}`, name, updatedAt: "2026-01-01T00:00:00.000Z" });
    }
  });

  test("is deleted there, also when the answer is lost, and does not come back", async () => {
    await run("people");
    await hub.sql`delete from people where name = 'Ada'`;
    cut = "DELETE";
    expect((await run("people")).status).toBe("failed");
    cut = null;
    await run("people");
    await run("people");
    expect([names(), (await here()).map(([, name]) => name)]).toEqual([
      ["Bob", "Cyd"],
      ["Bob", "Cyd"],
    ]);
    expect(await hub.sql`select key from khotan_sync_states where removed_at is null order by key`).toHaveLength(2);
  });

  test("and marked as such is found without looking at every record", async () => {
    await run("places");
    await hub.sql`update places set deleted_at = now() where name = 'Bob'`;
    expect(await run("places")).toMatchObject({ status: "succeeded", counters: { deleted: 1 } });
    expect(names()).toEqual(["Ada", "Cyd"]);
  });

  test("but changed there since is a conflict, which the policy decides", async () => {
    await run("people");
    await hub.sql`delete from people where name = 'Bob'`;
    store.set("s1", { id: "s1", name: "Bobby", updatedAt: new Date().toISOString() });
    await run("people");
    // Nobody knows when it was deleted, so what was changed is newer.
    expect([names(), (await here()).map(([, name]) => name)]).toEqual([
      ["Ada", "Bobby", "Cyd"],
      ["Ada", "Bobby", "Cyd"],
    ]);
    expect(await hub.sql`select key, platform, outcome from khotan_sync_conflicts`).toEqual([
      { key: "s1", platform: null, outcome: "source" },
    ]);
  });

  test("by a table that was emptied is refused as a mistake", async () => {
    await run("people");
    await hub.sql`delete from people`;
    expect(await run("people")).toMatchObject({ status: "failed", error: { code: "sync_too_many_gone" } });
    expect(names()).toEqual(["Ada", "Bob", "Cyd"]);
  });
});

test("the webhooks of what we make and delete there are echoes, also before the answer; somebody else's are not", async () => {
  const event = () => ({ id: newUuid(), plug: "source", tenant: "default" });
  const echo = async (key: string, record: unknown) =>
    (await recogniseEcho(hub.engine, event(), { key, record })) !== null;
  const seen: boolean[] = [];
  await add("Bob");
  await add("Cyd");
  onDone = async (call) => {
    // Before it is answered, nobody here knows what it is called there.
    if (call === "POST t1") seen.push(await echo("t1", { name: "Bob" }), await echo("t1", { name: "Eve" }));
    if (call === "DELETE t1") seen.push(await echo("t1", null));
  };
  await run("people");
  expect(seen).toEqual([true, false]);
  expect([await echo("t1", { name: "Bob" }), await echo("t2", { name: "Cyd" })]).toEqual([true, true]);
  // Of the same content, but somebody else's.
  expect(await echo("t9", { name: "Bob" })).toBe(false);
  await hub.sql`delete from people where name = 'Bob'`;
  await run("people");
  expect(seen).toEqual([true, false, true]);
});
