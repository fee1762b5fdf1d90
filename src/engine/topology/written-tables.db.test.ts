import { pgSchema, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { type Topology, topologySchema } from "../../contract/index.ts";
import { catchEvent, inflow, none, outflow, plug, sync } from "../index.ts";

const orders = pgTable("orders", { id: text("id").primaryKey() });
const ledger = pgSchema("books").table("ledger", { id: text("id").primaryKey() });

let database: TestDatabase;
let hub: HttpHub;
beforeAll(async () => {
  database = await createTestDatabase();
  const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
  const run = async () => undefined;
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: shop,
        catches: [
          catchEvent({ name: "book", writes: [ledger, "not_there"], run }),
          catchEvent({ name: "look", events: ["never"], run }),
        ],
        flows: [
          inflow({
            name: "orders",
            run: sync({
              read: () => ({ items: [{ id: "1" }] }),
              key: "id",
              write: { table: orders, key: "id", map: ({ id }) => ({ id }) },
            }),
          }),
          outflow({ name: "report", writes: [orders], run }),
        ],
      },
    ],
  });
  await hub.sql`create schema books`;
  await hub.sql`create table books.ledger (id text primary key)`;
  await hub.sql`create table orders (id text primary key)`;
  await hub.sql`insert into orders select generate_series(1, 40)::text`;
  await hub.sql`analyze orders`;
  await hub.khotan.ready();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const read = async (who: Who): Promise<Topology> =>
  topologySchema.parse((await hub.send(who, "GET", "/topology")).json);
const tablesOf = ({ nodes }: Topology) => nodes.flatMap((node) => (node.kind === "database" ? node.tables : []));

test("handlers and flows lead to the tables they write; a sync says that by itself", async () => {
  const { nodes, edges } = await read("viewer");
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name;
  expect(
    edges.flatMap(({ from, to, toPort }) => (to === "database" ? [`${nameOf(from)} → ${toPort}`] : [])).sort(),
  ).toEqual(["book → books.ledger", "book → not_there", "look → null", "orders → orders", "report → orders"]);
});

test("each table is there once, with the rows that Postgres last counted; those only for who sees every tenant", async () => {
  expect(tablesOf(await read("viewer"))).toEqual([
    { name: "books.ledger", rows: null },
    { name: "not_there", rows: null },
    { name: "orders", rows: 40 },
  ]);
  expect(tablesOf(await read("acme")).map(({ rows }) => rows)).toEqual([null, null, null]);
});
