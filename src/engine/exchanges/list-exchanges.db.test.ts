import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub } from "../../../tests/support/hub.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { none, plug } from "../index.ts";
import type { RecordedExchange } from "../plugs/index.ts";
import { noSecrets } from "./connection-secrets.ts";
import { testExchange } from "./testing/test-exchange.ts";

const COUNT = 120;
const STEP_MS = 10_000;
const START = Date.now() - COUNT * STEP_MS;
const timeOf = (no: number) => new Date(START + no * STEP_MS).toISOString();
const plugs = ["store", "mail"].map((name) => ({ plug: plug({ name, baseUrl: "https://x.example", auth: none() }) }));
const runId = newUuid();

let database: TestDatabase;
let hub: HttpHub;
let made: RecordedExchange[];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs });
  await hub.khotan.ready();
  const writer = createTestHub(database.url, { plugs });
  await writer.runtime.ready();
  const statuses = [200, 201, 302, 404, 429, 503, null] as const;
  made = Array.from({ length: COUNT }, (_, no) => {
    const status = statuses[no % 7] ?? null;
    return testExchange({
      plug: no % 3 ? "store" : "mail",
      tenant: no % 2 ? "acme" : "globex",
      source: (["run", "debugger", "wire"] as const)[no % 3],
      runId: no % 5 ? null : runId,
      startedAt: timeOf(no),
      status,
      error: no === 0 || status === null ? { code: "odd", message: "It was odd." } : null,
      requestBody: { text: `body ${no}`, size: 8, truncated: false },
    });
  });
  for (const exchange of made) writer.engine.exchanges.record(exchange, noSecrets);
  await writer.stop(); // which writes down what is waiting
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const list = (query = "", who = "admin") => hub.send(who, "GET", `/exchanges${query}`);

/** All pages of a list, followed to the end. */
async function walk(query: string, who = "admin"): Promise<RecordedExchange[]> {
  const items: RecordedExchange[] = [];
  let cursor = "";
  do {
    const { status, json } = await list(`?limit=7&${query}${cursor}`, who);
    expect(status).toBe(200);
    items.push(...json.items);
    cursor = json.page.next === null ? "" : `&cursor=${json.page.next}`;
  } while (cursor !== "");
  return items;
}
const times = (items: readonly RecordedExchange[]) => items.map((item) => item.startedAt);
const expected = (keep: (one: RecordedExchange) => boolean) => times(made.filter(keep)).reverse();

test("stopping stores what was waiting", async () => {
  expect((await hub.sql`select count(*)::int as n from khotan_exchanges`)[0]?.n).toBe(COUNT);
});

describe("the list", () => {
  test("shows every call exactly once, newest first, without headers and bodies", async () => {
    expect(times(await walk(""))).toEqual(expected(() => true));
    const { json } = await list("?limit=1");
    expect(Object.keys(json.items[0])).not.toContain("requestBody");
    expect(JSON.stringify(json)).not.toContain("body 1");
  });

  test.each<[string, (one: RecordedExchange) => boolean]>([
    ["plug=mail", (one) => one.plug === "mail"],
    ["tenant=acme", (one) => one.tenant === "acme"],
    [`run=${encodeId("run", runId)}`, (one) => one.runId === runId],
    ["status=404", (one) => one.status === 404],
    ["status=4xx", (one) => one.status === 404 || one.status === 429],
    ["status=none,201", (one) => one.status === null || one.status === 201],
    ["status=failed", (one) => one.error !== null || one.status === null || one.status >= 400],
    ["source=debugger,wire", (one) => one.source !== "run"],
    [`since=${timeOf(60)}`, (one) => one.startedAt >= timeOf(60)],
    [
      `since=${timeOf(30)}&until=${timeOf(60)}&plug=store`,
      (one) => one.plug === "store" && one.startedAt >= timeOf(30) && one.startedAt <= timeOf(60),
    ],
  ])("by %s", async (query, keep) => {
    const wanted = expected(keep);
    expect(wanted.length).toBeGreaterThan(0);
    expect(times(await walk(query))).toEqual(wanted);
  });

  test("refuses what it does not know", async () => {
    for (const query of [
      "?status=abc",
      "?status=6xx",
      "?run=evt_1",
      "?cursor=abc",
      "?source=cron",
      "?nothing=1",
      "?limit=0",
    ]) {
      const answer = await list(query);
      expect([query, answer.status]).toEqual([query, query.includes("cursor") ? 400 : 422]);
    }
  });

  test("shows nobody another tenant's calls", async () => {
    expect(times(await walk("", "acme"))).toEqual(expected((one) => one.tenant === "acme"));
    expect(times(await walk("", "both"))).toEqual(expected(() => true));
    expect(await walk("", "nothing")).toEqual([]);
    expect((await list("?tenant=globex", "acme")).status).toBe(403);
  });

  test("is served by an index for each of its filters", async () => {
    await hub.sql`insert into khotan_exchanges (id, plug, tenant, source, method, url, started_at, duration_ms, status, request_headers)
      select gen_random_uuid(), 'p' || i % 50, 't' || i % 50, case when i % 50 = 0 then 'wire' else 'run' end, 'GET', '/', now(), 1,
        case when i % 100 = 0 then 500 else 200 end, '{}' from generate_series(1, 40000) i`;
    await hub.sql`analyze khotan_exchanges`;
    try {
      for (const [where, index] of [
        ["true", "khotan_exchanges_pkey"],
        ["plug = 'p7'", "khotan_exchanges_plug"],
        ["tenant = 't7'", "khotan_exchanges_tenant"],
        ["source = 'wire'", "khotan_exchanges_source"],
        ["status = 500", "khotan_exchanges_status"],
        ["(error is not null or status is null or status >= 400)", "khotan_exchanges_failed"],
        [`run_id = '${runId}'`, "khotan_exchanges_run"],
      ]) {
        const plan = await hub.sql.unsafe(
          `explain select * from khotan_exchanges where ${where} order by id desc limit 51`,
        );
        const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
        expect([where, text.includes(`Scan Backward using ${index} `), text.includes("Sort")]).toEqual([
          where,
          true,
          false,
        ]);
      }
    } finally {
      await hub.sql`delete from khotan_exchanges where plug like 'p%'`;
    }
  });
});

describe("one exchange", () => {
  test("is there with everything, for operators of its tenant", async () => {
    const { id } = (await list("?tenant=acme&limit=1")).json.items[0];
    const { json } = await hub.send("operator", "GET", `/exchanges/${id}`);
    expect(json.requestBody).toEqual({ text: `body ${COUNT - 1}`, size: 8, truncated: false });
    expect(json.curl).toContain("curl 'https://store.example/products?page=2'");
    expect((await hub.send("viewer", "GET", `/exchanges/${id}`)).status).toBe(403);
    expect((await hub.send("acme", "GET", `/exchanges/${id}`)).status).toBe(200);
    for (const [who, wanted] of [
      ["globex", id],
      ["admin", encodeId("exchange", newUuid())],
      ["admin", encodeId("run", newUuid())],
    ] as const) {
      const answer = await hub.send(who, "GET", `/exchanges/${wanted}`);
      expect([answer.status, answer.json.error.code]).toEqual([404, "not_found"]);
    }
  });
});
