import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import type { Principal } from "../../contract/index.ts";
import { migrate } from "../database/migrate.ts";
import { listMappings } from "./list-mappings.ts";
import { resource } from "./resource.ts";

const EVERYBODY: Principal = { id: "k", role: "admin", tenants: "*" };
const COUNT = 24_000;

/** Common among the newest, common among the oldest only, rare, in a ref only, and in every one. */
const connectOf = (at: number) => `item-${at}${at % 400 === 0 ? "-rare" : ""}${at < 6_000 ? "-ancient" : ""}`;
const refOf = (at: number) => `gid/${at}${at % 1_000 === 7 ? "/needle" : ""}`;

let database: TestDatabase;
let hub: TestHub;
let ids: readonly string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [], resources: [resource({ name: "items", connectField: "name" })] });
  await migrate(hub.engine.adapter);
  const map = hub.engine.mappings.open("items");
  for (let at = 0; at < COUNT; at += 8_000) {
    const writes = Array.from({ length: 8_000 }, (_, offset) => ({
      connect: connectOf(at + offset),
      refs: { shop: refOf(at + offset), erp: `e${at + offset}` },
    }));
    ids = [...ids, ...(await map.upsertMany(writes)).ids.filter((id) => id !== null)];
  }
}, 180_000);
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

test.each(["rare", "ancient", "needle", "ITEM-23", "item-", "gid/23999", "em-1", "nothing at all"])(
  "every page of a search for %j is right, however old the rows are",
  { timeout: 120_000 },
  async (q) => {
    const wanted = ids.flatMap((id, at) =>
      [connectOf(at), refOf(at), `e${at}`].some((text) => text.toLowerCase().includes(q.toLowerCase())) ? [id] : [],
    );
    const found: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 6; pages++) {
      const page = await listMappings(hub.engine, EVERYBODY, { resource: "items", q, cursor, limit: 100 });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.page.next ?? undefined;
      if (cursor === undefined) break;
    }
    expect(found).toEqual([...wanted].sort().reverse().slice(0, 600));
  },
);
