import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import type { Principal } from "../../contract/index.ts";
import { listRuns } from "./list-runs.ts";
import { groupsWithin, readRunGroups } from "./run-groups.ts";
import type { RunFilter } from "./runs-where.ts";

let database: TestDatabase;
let hub: TestHub;
const everybody: Principal = { id: "all", role: "operator", tenants: "*" };
const MADE = 600;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [], role: "web" });
  await hub.runtime.ready();
  await hub.sql`
    insert into khotan_runs (id, kind, name, plug, tenant, variant, status, source, idempotency_key, created_at)
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid,
      (array['catch', 'pass', 'inflow'])[n % 3 + 1], 'name-' || n % 5, (array['shop', 'desk'])[n % 2 + 1],
      (array['acme', 'globex', 'tiny'])[n % 7 % 3 + 1], case when n % 3 = 2 and n % 4 = 0 then 'full' end,
      (array['succeeded', 'failed'])[n % 11 / 10 + 1], (array['webhook', 'replay'])[n % 13 / 12 + 1], 'k-' || n, at
    from generate_series(1, ${MADE}) n cross join lateral (select now() - n * interval '1 minute' as at) made`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const filters: fc.Arbitrary<RunFilter> = fc.record(
  {
    kind: maybe(fc.subarray(["catch", "pass", "inflow"] as const)),
    source: maybe(fc.subarray(["webhook", "replay", "manual"] as const)),
    status: maybe(fc.subarray(["succeeded", "failed", "running"] as const)),
    plug: maybe(fc.constantFrom("shop", "desk", "nobody")),
    tenant: maybe(fc.constantFrom("acme", "tiny", "nobody")),
    variant: maybe(fc.constantFrom("full", "none")),
    flow: maybe(fc.constantFrom("name-1", "name-4")),
    since: maybe(fc.integer({ min: 1, max: MADE }).map((ago) => new Date(Date.now() - ago * 60_000).toISOString())),
  },
  { requiredKeys: [] },
);

test("a list under any filters has exactly the runs that meet them, newest first, page after page", async () => {
  const all = await hub.sql`select * from khotan_runs order by id desc`;
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 5, max: 200 }), async (filter, limit) => {
      const listed: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, page } = await listRuns(hub.engine, everybody, { ...filter, limit, ...(cursor && { cursor }) });
        listed.push(...items.map(({ createdAt }) => createdAt));
        cursor = page.next ?? undefined;
      } while (cursor);
      const among = (wanted: readonly string[] | undefined, value: string) => !wanted?.length || wanted.includes(value);
      const is = (wanted: string | undefined, value: string) => !wanted || wanted === value;
      const expected = all.filter(
        (run) =>
          among(filter.kind, run.kind) &&
          among(filter.source, run.source) &&
          among(filter.status, run.status) &&
          is(filter.plug, run.plug) &&
          is(filter.tenant, run.tenant) &&
          is(filter.variant, run.variant) &&
          (!filter.flow || (run.name === filter.flow && run.kind === "inflow")) &&
          (!filter.since || new Date(run.created_at) >= new Date(filter.since)),
      );
      expect(listed).toEqual(expected.map((run) => new Date(run.created_at).toISOString()));
    }),
    { numRuns: 60 },
  );
});

test("groups are told apart by what people filter by, and nobody sees another tenant's", async () => {
  const groups = (await readRunGroups(hub.engine)) ?? [];
  const [row] = await hub.sql`
    select count(distinct (kind, source, plug, tenant, name, variant))::int as count from khotan_runs`;
  expect(groups).toHaveLength(row?.count);
  const acme: Principal = { id: "acme", role: "viewer", tenants: ["acme"] };
  expect(new Set(groupsWithin(groups, acme, {}).map(({ tenant }) => tenant))).toEqual(new Set(["acme"]));
  expect(groupsWithin(groups, { ...acme, tenants: [] }, {})).toEqual([]);
});
