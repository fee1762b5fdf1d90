/**
 * What a bulk load costs: 200,000 rows into an empty table, and again with a tenth of them changed, beside the
 * usual ways to do it. Rounds take turns, so that a busy machine slows all of them alike. Then a million rows
 * as a stream, with the memory they take.
 *
 * Run: npx tsx bench/bulk.ts; `--quick` for fewer rounds, `--tiny` for a look. DATABASE_URL names a throwaway server, else one is started.
 */
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { getTableColumns, sql } from "drizzle-orm";
import { boolean, integer, jsonb, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import postgres from "postgres";
import { bulkCopy, bulkUpsert } from "../src/engine/bulk/index.ts";
import { createBenchDatabase } from "./support/bench-database.ts";

// What is garbage already is no memory that is needed.
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const ROWS = process.argv.includes("--tiny") ? 2_000 : 200_000;
const STREAMED = process.argv.includes("--tiny") ? 300_000 : 1_000_000;
const PAGE = 5_000;
/** Rows of a multi-row INSERT, as most people have it. */
const MULTI = 1_000;
const ROUNDS = process.argv.includes("--quick") ? 1 : 3;

const products = pgTable("products", {
  sku: text("sku").primaryKey(),
  title: text("title").notNull(),
  price: numeric("price", { precision: 12, scale: 2 }).notNull(),
  stock: integer("stock").notNull(),
  active: boolean("active").notNull(),
  attributes: jsonb("attributes").notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
});
type Product = typeof products.$inferInsert;

const database = await createBenchDatabase();
const client = postgres(database.url, { max: 2, onnotice: () => undefined });
const db = drizzle(client);
await client.unsafe(
  "create table products (sku text primary key, title text not null, price numeric(12,2) not null, stock integer not null, active boolean not null, attributes jsonb not null, updated_at timestamptz not null)",
);

const product = (at: number, stock = at % 500): Product => ({
  sku: `SKU-${String(at).padStart(8, "0")}`,
  title: `Product number ${at} in a fine colour`,
  price: `${at % 1000}.50`,
  stock,
  active: at % 7 !== 0,
  attributes: { colour: "red", size: at % 40, tags: ["a", "b"] },
  updatedAt: new Date(1_767_225_600_000 + at * 1_000),
});
const first = Array.from({ length: ROWS }, (_, at) => product(at));
const second = first.map((record, at) => (at % 10 === 0 ? { ...record, stock: 9_999 } : record));
const pages = function* (records: readonly Product[], size: number) {
  for (let at = 0; at < records.length; at += size) yield records.slice(at, at + size);
};

const columns = Object.values(getTableColumns(products)).map((column) => column.name);
const set = Object.fromEntries(
  Object.entries(getTableColumns(products))
    .filter(([field]) => field !== "sku")
    .map(([field, column]) => [field, sql.raw(`excluded."${column.name}"`)]),
);
const byHand = columns
  .filter((name) => name !== "sku")
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");

/** A statement that postgres.js makes from its rows and prepares once for all pages. */
const multiRow = (records: readonly Product[], size: number) =>
  client.begin(async (tx) => {
    for (const page of pages(records, size)) {
      const values = page.map(({ updatedAt, attributes, ...rest }) => ({
        ...rest,
        attributes: JSON.stringify(attributes),
        updated_at: updatedAt.toISOString(),
      }));
      await tx`insert into products ${tx(values)} on conflict (sku) do update set ${tx.unsafe(byHand)}`;
    }
  });

const ways: Record<string, (records: readonly Product[]) => Promise<unknown>> = {
  bulkUpsert: (records) => bulkUpsert(db, products, records, { key: "sku" }),
  // As one would write it for this very table; it knows the columns, and counts nothing.
  "jsonb_to_recordset by hand": (records) =>
    db.transaction(async (tx) => {
      for (const page of pages(records, PAGE)) {
        const json = JSON.stringify(page.map(({ updatedAt, ...rest }) => ({ ...rest, updated_at: updatedAt })));
        await tx.execute(sql`
          insert into products (sku, title, price, stock, active, attributes, updated_at)
          select sku, title, price, stock, active, attributes, updated_at from jsonb_to_recordset(${json}::text::jsonb)
            as r(sku text, title text, price numeric(12,2), stock integer, active boolean, attributes jsonb, updated_at timestamptz)
          on conflict (sku) do update set ${sql.raw(byHand)}`);
      }
    }),
  "multi-row INSERT (Drizzle)": (records) =>
    db.transaction(async (tx) => {
      for (const page of pages(records, MULTI)) {
        await tx
          .insert(products)
          .values([...page])
          .onConflictDoUpdate({ target: products.sku, set });
      }
    }),
  "multi-row INSERT (postgres.js)": (records) => multiRow(records, MULTI),
  // 7 columns: 5,000 rows are 35,000 of at most 65,535 parameters.
  "the same, 5,000 rows each": (records) => multiRow(records, PAGE),
};
const MULTI_ROW = new Set([
  "multi-row INSERT (Drizzle)",
  "multi-row INSERT (postgres.js)",
  "the same, 5,000 rows each",
]);
const copies: Record<string, (records: readonly Product[]) => Promise<unknown>> = {
  "bulkCopy (first load only)": (records) => bulkCopy({ url: database.url }, products, records),
  "raw COPY by hand (the same)": async (records) => {
    const connection = new pg.Client({ connectionString: database.url });
    await connection.connect();
    const text = (value: string) =>
      value.replace(/[\\\n\r\t]/g, (letter) => `\\${{ "\n": "n", "\r": "r", "\t": "t" }[letter] ?? letter}`);
    await pipeline(
      function* () {
        for (const page of pages(records, PAGE)) {
          let lines = "";
          for (const { sku, title, price, stock, active, attributes, updatedAt } of page)
            lines += `${text(sku)}\t${text(title)}\t${price}\t${stock}\t${active}\t${text(JSON.stringify(attributes))}\t${updatedAt.toISOString()}\n`;
          yield lines;
        }
      },
      connection.query(copyFrom(`copy products (${columns.join(", ")}) from stdin`)),
    );
    await connection.end();
  },
};

const times = new Map<string, { fresh: number[]; again: number[] }>();
const measure = async (work: () => Promise<unknown>) => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const names = [...Object.keys(ways), ...Object.keys(copies)];
for (let round = 0; round < ROUNDS; round++) {
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + round) % names.length] ?? "";
    const into = times.get(name) ?? { fresh: [], again: [] };
    times.set(name, into);
    await client`truncate products`;
    await client`checkpoint`.catch(() => undefined);
    const way = ways[name] ?? copies[name];
    if (!way) continue;
    into.fresh.push(await measure(() => way(first)));
    if (ways[name]) into.again.push(await measure(() => way(second)));
  }
}

const best = (list: readonly number[]) => (list.length === 0 ? Number.NaN : Math.min(...list));
const rate = (ms: number) => (Number.isNaN(ms) ? "–" : Math.round(ROWS / (ms / 1_000)).toLocaleString("en"));
const hand = times.get("jsonb_to_recordset by hand") ?? { fresh: [], again: [] };
const multi = (pass: "fresh" | "again") =>
  Math.min(...[...times].filter(([name]) => MULTI_ROW.has(name)).map(([, it]) => best(it[pass])));
console.log(
  `${ROWS.toLocaleString("en")} rows of 7 columns, best of ${ROUNDS}, Node ${process.version}; rows per second\n`,
);
console.log(`${"way".padEnd(32)}${"new rows".padStart(12)}${"a tenth changed".padStart(18)}`);
for (const [name, { fresh, again }] of times)
  console.log(name.padEnd(32) + rate(best(fresh)).padStart(12) + rate(best(again)).padStart(18));
const ours = times.get("bulkUpsert") ?? { fresh: [], again: [] };
for (const [pass, label] of [
  ["fresh", "New rows"],
  ["again", "A tenth changed"],
] as const) {
  const mine = best(ours[pass]);
  console.log(
    `${label}: bulkUpsert is ${(best(hand[pass]) / mine).toFixed(2)}× the one by hand (at least 0.8 is wanted) and ${(multi(pass) / mine).toFixed(2)}× the fastest multi-row INSERT (at least 1.3).`,
  );
}
console.log(`
Each way writes the ${ROWS.toLocaleString("en")} rows in one transaction, from the same objects. bulkUpsert: ${PAGE.toLocaleString("en")} rows a statement; finds doubles,
leaves equal rows alone and counts what was made and changed, which no other way here does. By hand: ${PAGE.toLocaleString("en")} rows as one
JSON parameter, every row written. COPY refuses rows that are there already. Multi-row: ${MULTI.toLocaleString("en")} rows a statement, 7 parameters each, every row written.`);

await client`truncate products`;
first.length = 0;
second.length = 0;
const heap: number[] = [];
let most = 0;
async function* streamed() {
  for (let at = 0; at < STREAMED; at += PAGE) {
    yield Array.from({ length: PAGE }, (_, offset) => product(at + offset));
    if ((at / PAGE) % 20 !== 19) continue;
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    heap.push(heapUsed / 2 ** 20);
    most = Math.max(most, rss / 2 ** 20);
  }
}
const took = await measure(() => bulkUpsert(db, products, streamed(), { key: "sku" }));
console.log(
  `\n${STREAMED.toLocaleString("en")} rows streamed in ${(took / 1_000).toFixed(1)} s; heap after each 100,000: ${heap.map((it) => it.toFixed(0)).join(" ")} MB, process at most ${most.toFixed(0)} MB`,
);
await client.end();
await database.drop();
