import { eq } from "drizzle-orm";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import { integer, jsonb, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import pg from "pg";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { drizzleAdapter } from "../database/adapter.ts";
import { bulkCopy, bulkDelete, bulkUpsert, deleteMissing } from "./index.ts";

const stock = pgTable("stock", {
  tenant: text("tenant").notNull(),
  sku: text("sku").primaryKey(),
  count: integer("count"),
  price: numeric("price"),
  tags: text("tags").array(),
  data: jsonb("data"),
  deletedAt: timestamp("deleted_at", { withTimezone: true }),
});

let database: TestDatabase;
let client: postgres.Sql;
let pool: pg.Pool;
let db: PostgresJsDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  client = postgres(database.url, { max: 4, onnotice: () => undefined });
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  // Dropping the database ends what is still closing.
  pool.on("connect", (one) => one.on("error", () => undefined));
  db = drizzle(client);
  await client.unsafe(
    "create table stock (tenant text not null, sku text primary key, count integer, price numeric, tags text[], data jsonb, deleted_at timestamptz)",
  );
});
beforeEach(() => client`truncate stock`);
afterAll(async () => {
  await pool.end();
  await client.end();
  await database.drop();
});

const record = (at: number, tenant = "acme") => ({ tenant, sku: `s${at}`, count: at });
const many = (count: number) => Array.from({ length: count }, (_, at) => record(at));
const skus = async () =>
  (await client`select sku from stock where deleted_at is null order by sku`).map((row) => row.sku);
async function* paged<T>(list: readonly T[], size: number) {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

describe("deleteMissing", () => {
  beforeEach(() => bulkUpsert(db, stock, [...many(6), { tenant: "globex", sku: "theirs" }], { key: "sku" }));
  const acme = eq(stock.tenant, "acme");

  test("removes what a source no longer has, and nothing of anybody else", async () => {
    const gone = await deleteMissing(db, stock, paged([record(0), record(2), record(9)], 1), {
      key: "sku",
      where: acme,
    });
    expect(gone).toBe(4);
    expect(await skus()).toEqual(["s0", "s2", "theirs"]);
  });

  test("marks instead, once", async () => {
    const first = new Date("2026-01-01");
    expect(await deleteMissing(db, stock, many(4), { key: "sku", where: acme, mark: { deletedAt: first } })).toBe(2);
    expect(await deleteMissing(db, stock, many(4), { key: "sku", where: acme, mark: { deletedAt: new Date() } })).toBe(
      0,
    );
    expect((await db.select().from(stock).where(eq(stock.sku, "s5")))[0]?.deletedAt).toEqual(first);
  });

  test("never empties a table because nothing came, or too little", async () => {
    await expect(deleteMissing(db, stock, [], { key: "sku", where: acme })).rejects.toThrow("No keys came");
    await expect(deleteMissing(db, stock, many(1), { key: "sku", where: acme, maxShare: 0.5 })).rejects.toThrow(
      "5 of 6 rows",
    );
    expect(await skus()).toHaveLength(7);
    expect(await deleteMissing(db, stock, [], { key: "sku", where: acme, allowEmpty: true })).toBe(6);
  });

  test("works several times in one transaction, by composite keys", async () => {
    await db.transaction(async (tx) => {
      expect(await bulkDelete(tx, stock, [record(0), record(1, "globex")], { key: ["tenant", "sku"] })).toBe(1);
      expect(await bulkDelete(tx, stock, [record(1)], { key: ["sku", "tenant"] })).toBe(1);
      expect(await bulkDelete(tx, stock, [], { key: "sku" })).toBe(0);
    });
    expect(await skus()).toEqual(["s2", "s3", "s4", "s5", "theirs"]);
    await expect(bulkDelete(db, stock, [{ count: 1 }], { key: "sku" })).rejects.toThrow(
      "records[0].sku: A key must have",
    );
  });
});

describe("bulkCopy", () => {
  const rich = (at: number) => ({
    ...record(at),
    price: "1.50",
    tags: ["a\tb", 'c"d\\', "NULL"],
    data: { text: "line\nbreak\\N", list: [1, null] },
    deletedAt: new Date("2026-01-01T00:00:00Z"),
  });

  test.each([
    ["postgres-js", () => drizzleAdapter(db, { url: database.url })],
    ["node-postgres", () => drizzleAdapter(drizzlePg(pool), { url: database.url })],
  ])("loads what an upsert would have written, with an adapter of %s", async (_, adapter) => {
    const records = [rich(0), { ...rich(1), data: "text", tags: null, price: null }];
    expect(await bulkCopy(adapter(), stock, paged(records, 1))).toEqual({ loaded: 2 });
    expect(await bulkUpsert(adapter().db, stock, records, { key: "sku" })).toMatchObject({ unchanged: 2 });
  });

  test("a bad row ends it at once, names the record, and nothing is loaded", async () => {
    const load = (bad: object) =>
      bulkCopy({ url: database.url }, stock, [record(0), record(1), { ...record(2), ...bad }] as never);
    await expect(load({ count: "many" })).rejects.toThrow(
      /records\[2\]\.count: invalid input syntax for type integer: "many"/,
    );
    await expect(load({ tenant: null })).rejects.toThrow(/records\[2\]: null value in column "tenant"/);
    await expect(load({ sku: "s0" })).rejects.toThrow("(sku)=(s0) already exists.");
    await expect(load({ sku: "\u0000" })).rejects.toThrow("records[2].sku: NUL characters");
    expect(await skus()).toEqual([]);
    expect(await bulkCopy({ url: database.url }, stock, [])).toEqual({ loaded: 0 });
  });

  test("a source that fails midway leaves nothing, and no connection behind", async () => {
    async function* source() {
      yield many(3);
      throw new Error("the source broke");
    }
    await expect(bulkCopy({ url: database.url }, stock, source())).rejects.toThrow("the source broke");
    expect(await skus()).toEqual([]);
  });
});
