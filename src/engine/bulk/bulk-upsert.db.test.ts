import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  json,
  jsonb,
  numeric,
  pgEnum,
  pgSchema,
  pgTable,
  point,
  primaryKey,
  text,
  timestamp,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { bytea } from "../database/schema/columns.ts";
import { type BulkRecord, bulkUpsert } from "./bulk-upsert.ts";

const odd = pgSchema("odd Schema");
const mood = odd.enum("Mood", ["calm", "in_progress", "ANGRY"]);
const size = pgEnum("size", ["S", "M"]);

const items = pgTable("items", {
  id: integer("id").generatedAlwaysAsIdentity(),
  sku: text("sku").primaryKey(),
  title: text("title").notNull().default("untitled"),
  price: numeric("price", { precision: 12, scale: 2 }),
  stock: integer("stock"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

const everything = odd.table(
  'Every "thing"',
  {
    tenant: varchar("ten ant", { length: 20 }),
    no: bigint("no", { mode: "bigint" }),
    flag: boolean("flag"),
    ratio: doublePrecision("ratio"),
    day: date("day"),
    at: timestamp("at", { withTimezone: true, precision: 3 }),
    local: timestamp("local", { mode: "string" }),
    data: jsonb("data"),
    plain: json("plain"),
    bytes: bytea("bytes"),
    tags: text("tags").array(),
    grid: integer("grid").array().array(),
    moods: mood("moods").array(),
    docs: jsonb("docs").array(),
    mood: mood("mood"),
    size: size("size"),
    kind: text("kind", { enum: ["new", "used"] }),
    place: point("place"),
    ref: uuid("ref").$defaultFn(() => "0197f3c2-0000-7000-8000-000000000001"),
    stamp: integer("stamp").$onUpdate(() => Math.floor(Math.random() * 1e9)),
    double: integer("double").generatedAlwaysAs(sql`octet_length("ten ant") * 2`),
  },
  (table) => [primaryKey({ columns: [table.tenant, table.no] })],
);

let database: TestDatabase;
let client: postgres.Sql;
let db: PostgresJsDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  client = postgres(database.url, { max: 6, onnotice: () => undefined });
  db = drizzle(client);
  await client.unsafe(`
    create table items (id integer generated always as identity, sku text primary key, title text not null default 'untitled',
      price numeric(12,2), stock integer, created_at timestamptz not null default now());
    create schema "odd Schema"; create type "odd Schema"."Mood" as enum ('calm','in_progress','ANGRY'); create type size as enum ('S','M');
    create table "odd Schema"."Every ""thing""" ("ten ant" varchar(20), no bigint, flag boolean, ratio double precision, day date,
      at timestamptz(3), local timestamp, data jsonb, plain json, bytes bytea, tags text[], grid integer[][], moods "odd Schema"."Mood"[],
      docs jsonb[], mood "odd Schema"."Mood", size size, kind text, place point, ref uuid, stamp integer,
      double integer generated always as (octet_length("ten ant") * 2) stored, primary key ("ten ant", no));
  `);
});
beforeEach(() => client`truncate items, "odd Schema"."Every ""thing"""`);
afterAll(async () => {
  await client.end();
  await database.drop();
});

const counts = (created: number, updated: number, unchanged: number, duplicates = 0) => ({
  created,
  updated,
  unchanged,
  duplicates,
});
const item = (at: number, more: Partial<BulkRecord<typeof items>> = {}) => ({ sku: `sku-${at}`, stock: at, ...more });
const many = (count: number) => Array.from({ length: count }, (_, at) => item(at));

describe("counts", () => {
  test("new, changed and equal records are told apart, and equal ones are not written", async () => {
    expect(await bulkUpsert(db, items, many(10), { key: "sku" })).toEqual(counts(10, 0, 0));
    const before = await client`select sku, xmin::text from items where sku <> 'sku-3'`;
    const again = many(11).map((record) => (record.sku === "sku-3" ? { ...record, stock: null } : record));
    expect(await bulkUpsert(db, items, again, { key: "sku" })).toEqual(counts(1, 1, 9));
    expect(await client`select sku, xmin::text from items where sku not in ('sku-3', 'sku-10')`).toEqual(before);
  });

  test("are right however the records fall, as a plain map would have it", async () => {
    const record = fc.record(
      {
        sku: fc.constantFrom("a", "b", "c", "d", "e"),
        title: fc.constantFrom("x", "y"),
        stock: fc.option(fc.integer({ min: 0, max: 2 })),
      },
      { requiredKeys: ["sku"] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(record, { maxLength: 12 }), { maxLength: 4 }),
        fc.constantFrom("first" as const, "last" as const),
        fc.constantFrom(1, 3, 5_000),
        async (batches, dedupe, pageSize) => {
          await client`truncate items`;
          const model = new Map<string, { title: string; stock: number | null }>();
          for (const batch of batches) {
            const chosen = new Map(
              (dedupe === "last" ? batch : batch.toReversed()).map((one) => [one.sku, one] as const),
            );
            const want = { created: 0, updated: 0, unchanged: 0, duplicates: batch.length - chosen.size };
            for (const [sku, { title, stock }] of chosen) {
              const old = model.get(sku);
              const next = {
                ...(old ?? { title: "untitled", stock: null }),
                ...(title === undefined ? {} : { title }),
                ...(stock === undefined ? {} : { stock }),
              };
              if (!old) want.created++;
              else if (JSON.stringify(old) === JSON.stringify(next)) want.unchanged++;
              else want.updated++;
              model.set(sku, next);
            }
            expect(await bulkUpsert(db, items, batch, { key: "sku", dedupe, pageSize })).toEqual(want);
          }
          const rows = await client`select sku, title, stock from items order by sku`;
          expect(rows.map(({ sku, title, stock }) => [sku, { title, stock }])).toEqual([...model].sort());
        },
      ),
      { numRuns: 40 },
    );
  });

  test("add up when six writers write the same rows at once", async () => {
    const done = await Promise.all(
      Array.from({ length: 6 }, (_, writer) =>
        bulkUpsert(
          db,
          items,
          many(400).map((record) => ({ ...record, title: `w${writer % 2}` })),
          { key: "sku" },
        ),
      ),
    );
    expect(done.reduce((sum, one) => sum + one.created, 0)).toBe(400);
    for (const one of done) expect(one.created + one.updated + one.unchanged).toBe(400);
    expect((await client`select count(*)::int as n from items`)[0]?.n).toBe(400);
  });

  test("keys that differ as text and are one to the database count once", async () => {
    const at = (text: string) => ({ tenant: "a", no: 1n, at: new Date(text), size: "S" });
    expect(
      await bulkUpsert(db, everything, [at("2026-01-01"), { ...at("2027-01-01"), no: 1n }], { key: ["tenant", "no"] }),
    ).toEqual(counts(1, 0, 0, 1));
    await client`create unique index items_price on items (price)`;
    const same = [
      { sku: "p1", price: "1.0" },
      { sku: "p2", price: "1.00" },
      { sku: "p3", price: "2" },
    ];
    expect(await bulkUpsert(db, items, same, { key: "price" })).toEqual(counts(2, 0, 0, 1));
    expect((await client`select sku from items order by sku`).map((row) => row.sku)).toEqual(["p2", "p3"]);
    await client`drop index items_price`;
  });
});

describe("values", () => {
  test("of every type arrive as they were sent, and are equal the second time", async () => {
    const record = {
      tenant: "Bürö 'x'",
      no: 9_007_199_254_740_993n,
      flag: false,
      ratio: Number.POSITIVE_INFINITY,
      day: "2026-02-28",
      at: new Date("2026-03-29T01:30:00.123Z"),
      local: "2026-03-29 02:30:00",
      data: { a: [1, null, 'ü\\n"', { b: "\t" }], "": null },
      plain: [1, { z: 1, a: 2 }],
      bytes: new Uint8Array([0, 255, 92, 34]),
      tags: ['a"b', "c\\d", "{e,f}", "NULL", "", "ü\n"],
      grid: [
        [1, 2],
        [3, 4],
      ],
      moods: ["calm", "In Progress"],
      docs: [{ a: '"' }, [1, 2], "text"],
      mood: "angry",
      size: "m",
      kind: "USED",
      place: [1.5, -2] as [number, number],
    };
    expect(await bulkUpsert(db, everything, [record], { key: ["tenant", "no"] })).toEqual(counts(1, 0, 0));
    expect(await bulkUpsert(db, everything, [record], { key: ["tenant", "no"] })).toEqual(counts(0, 0, 1));
    const [row] = await db.select().from(everything);
    expect(row).toEqual({
      ...record,
      bytes: expect.any(Uint8Array),
      moods: ["calm", "in_progress"],
      mood: "ANGRY",
      size: "M",
      kind: "used",
      ref: "0197f3c2-0000-7000-8000-000000000001",
      stamp: expect.any(Number),
      double: 20,
    });
    expect([...(row?.bytes ?? [])]).toEqual([0, 255, 92, 34]);
  });

  test("that are texts arrive letter by letter, whatever they hold", async () => {
    const text = fc.oneof(
      fc.constantFrom("", "NULL", "null", "{}", "{a,b}", '"', "\\", '\\"', "a\tb\r\n", " x ", "ü😀"),
      fc.string({ unit: "binary" }).filter((one) => one.isWellFormed() && !one.includes("\u0000")),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        await client`truncate items`;
        const records = texts.map((one) => ({ sku: one, title: one }));
        expect(await bulkUpsert(db, items, records, { key: "sku" })).toEqual(counts(texts.length, 0, 0));
        expect(await bulkUpsert(db, items, records, { key: "sku" })).toEqual(counts(0, 0, texts.length));
        const rows = await client`select sku, title from items`;
        expect(new Set(rows.map(({ sku, title }) => `${sku} ${title}`))).toEqual(
          new Set(texts.map((one) => `${one} ${one}`)),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("that are too long are refused, not cut; a fraction is rounded as the column does", async () => {
    const key = ["tenant", "no"] as const;
    await expect(bulkUpsert(db, everything, [{ tenant: "x".repeat(21), no: 1n }], { key })).rejects.toThrow(
      /records\[0\].*too long/,
    );
    expect(await bulkUpsert(db, items, [{ sku: "a", price: "1.005" }], { key: "sku" })).toEqual(counts(1, 0, 0));
    expect(await bulkUpsert(db, items, [{ sku: "a", price: "1.0149" }], { key: "sku" })).toEqual(counts(0, 0, 1));
  });

  test("a field that is left out keeps its default, or what is there; null empties it", async () => {
    await bulkUpsert(
      db,
      items,
      [
        { sku: "a", stock: 1 },
        { sku: "b", title: "B" },
      ],
      { key: "sku" },
    );
    expect(
      await bulkUpsert(
        db,
        items,
        [
          { sku: "a", title: "A" },
          { sku: "b", stock: null },
        ],
        { key: "sku" },
      ),
    ).toEqual(counts(0, 1, 1));
    expect(await client`select sku, title, stock from items order by sku`).toEqual([
      { sku: "a", title: "A", stock: 1 },
      { sku: "b", title: "B", stock: null },
    ]);
  });

  test("what is excluded on update is written once; what is not compared is no reason to write", async () => {
    const first = new Date("2020-01-01");
    await bulkUpsert(db, items, [{ sku: "a", stock: 1, createdAt: first }], { key: "sku" });
    const options = { key: "sku", excludeOnUpdate: ["createdAt"], notCompared: ["title"] } as const;
    const later = { sku: "a", stock: 1, title: "t", createdAt: new Date() };
    expect(await bulkUpsert(db, items, [later], options)).toEqual(counts(0, 0, 1));
    expect(await bulkUpsert(db, items, [{ ...later, stock: 2 }], options)).toEqual(counts(0, 1, 0));
    const [row] = await db.select().from(items);
    expect([row?.createdAt, row?.title, row?.stock]).toEqual([first, "t", 2]);
  });

  test("rows that were written are given back as Drizzle reads them", async () => {
    const seen: unknown[] = [];
    await bulkUpsert(db, items, many(3), {
      key: "sku",
      returning: ["sku", "createdAt"],
      onWritten: (rows) => {
        for (const row of rows) {
          expectTypeOf(row.createdAt).toEqualTypeOf<Date>();
          seen.push([row.sku, row.created, row.createdAt instanceof Date]);
        }
      },
    });
    expect(seen).toEqual([0, 1, 2].map((at) => [`sku-${at}`, true, true]));
  });

  test("records are typed by the table", () => {
    expectTypeOf<BulkRecord<typeof items>>().toExtend<{ readonly sku: string; readonly stock?: number | null }>();
    // @ts-expect-error no such field
    const wrong: BulkRecord<typeof items> = { sku: "a", colour: "red" };
    // @ts-expect-error a generated column
    const made: BulkRecord<typeof items> = { sku: "a", id: 1 };
    expect([wrong, made]).toHaveLength(2);
  });
});

describe("refused, naming record and field, and nothing of it is written", () => {
  const refused = async (records: readonly object[], at: string, message: RegExp) => {
    const error = await bulkUpsert(db, items, records as BulkRecord<typeof items>[], { key: "sku" }).catch((it) => it);
    expect([error.code, error.issues?.[0]?.path]).toEqual(["validation_failed", at]);
    expect(error.message).toMatch(message);
    expect(await db.select().from(items)).toEqual([]);
  };
  test.each([
    ["no key", { title: "x" }, "records[2].sku", /A key must have a value/],
    ["a null key", { sku: null }, "records[2].sku", /A key must have a value/],
    ["NUL", { sku: "a", title: "x\u0000" }, "records[2].title", /NUL characters/],
    ["half a character", { sku: "a", title: "\ud83d" }, "records[2].title", /half characters/],
    ["an unknown field", { sku: "a", colour: 1 }, "records[2].colour", /no such field/],
    ["a generated column", { sku: "a", id: 7 }, "records[2].id", /makes this value itself/],
    ["no time", { sku: "a", createdAt: new Date("x") }, "records[2].createdAt", /not a time/],
    ["SQL", { sku: "a", title: sql`now()` }, "records[2].title", /SQL expressions/],
    [
      "what Postgres refuses",
      { sku: "a", stock: "many" },
      "records[2]",
      /invalid input syntax for type integer: "many"/,
    ],
    ["a missing required value", { sku: "a", title: null }, "records[2]", /null value in column "title"/],
    ["a number too large", { sku: "a", price: "99999999999" }, "records[2]", /numeric field overflow/],
  ])("%s", (_, bad, at, message) => refused([item(0), item(1), bad, item(3), item(4)], at, message));

  test("a bad record deep in a stream is counted over all pages; pages before it stay", async () => {
    async function* pages() {
      yield many(50);
      yield [item(50), item(51), item(52, { title: "\u0000" })];
    }
    const error = await bulkUpsert(db, items, pages(), { key: "sku" }).catch((it) => it);
    expect(error.issues[0].path).toBe("records[52].title");
    expect((await client`select count(*)::int as n from items`)[0]?.n).toBe(50);
  });

  test.each([
    ["us", { title: "\u0000" }, "records[2503].title"],
    ["Postgres", { price: "x" }, "records[2503]"],
  ])("a record deep in an array that %s refuses undoes the pages before it", async (_, bad, at) => {
    const records = many(3_000).map((record, place) => (place === 2_503 ? { ...record, ...bad } : record));
    await refused(records, at, /2503/);
    await db.transaction(async (tx) => {
      const error = await bulkUpsert(tx, items, records, { key: "sku", pageSize: 500 }).catch((it) => it);
      expect(error.issues[0].path).toBe(at);
      expect(await bulkUpsert(tx, items, [item(1)], { key: "sku" })).toEqual(counts(1, 0, 0));
    });
  });

  test("in a caller's transaction, which goes on", async () => {
    await db.transaction(async (tx) => {
      await bulkUpsert(tx, items, [item(1)], { key: "sku" });
      await expect(bulkUpsert(tx, items, [{ sku: "b", price: "x" }], { key: "sku" })).rejects.toThrow("records[0]");
      await bulkUpsert(tx, items, [item(2)], { key: "sku" });
    });
    expect((await client`select sku from items order by 1`).map((row) => row.sku)).toEqual(["sku-1", "sku-2"]);
  });

  test("an enum value that fits nothing, unless there is a fallback or an alias", async () => {
    const record = (value: string) => [{ tenant: "a", no: 1n, mood: value }];
    const key = ["tenant", "no"] as const;
    await expect(bulkUpsert(db, everything, record("sleepy"), { key })).rejects.toThrow(
      'records[0].mood: "sleepy" is none of calm, in_progress, ANGRY.',
    );
    await bulkUpsert(db, everything, record("sleepy"), { key, enums: { mood: { fallback: "calm" } } });
    await bulkUpsert(db, everything, record("Furious!"), { key, enums: { mood: { aliases: { furious: "ANGRY" } } } });
    expect((await db.select().from(everything))[0]?.mood).toBe("ANGRY");
  });

  test("a key without a unique index", async () => {
    await expect(bulkUpsert(db, items, [item(1, { title: "t" })], { key: "title" })).rejects.toThrow(
      '"items" has no unique index on exactly title.',
    );
  });
});

test("a partial unique index is met with its condition", async () => {
  await client`create unique index items_live on items (title) where stock is not null`;
  const options = { key: "title", where: sql`stock is not null` } as const;
  expect(await bulkUpsert(db, items, [{ sku: "a", title: "t", stock: 1 }], options)).toEqual(counts(1, 0, 0));
  expect(await bulkUpsert(db, items, [{ sku: "a", title: "t", stock: 2 }], options)).toEqual(counts(0, 1, 0));
  await client`drop index items_live`;
});
