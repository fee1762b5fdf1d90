import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { encodeId } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";
import { rollMinutes } from "../rollups/roll-minutes.ts";

const HOUR = 3_600_000;
let database: TestDatabase;
let hub: HttpHub;
let writer: TestHub;
let handlerId: string;
const registration = (name: string) => ({
  plug: plug({ name, baseUrl: `https://${name}.example`, auth: none() }),
  catches: [catchEvent({ name: "note", run: async () => undefined })],
});
const plugs = [registration("shop"), registration("desk")];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs });
  await hub.khotan.ready();
  writer = createTestHub(database.url, { plugs });
  const [row] = await hub.sql`select id from khotan_handlers where plug = 'shop'`;
  handlerId = row?.id;
});
afterAll(async () => {
  await Promise.all([hub.stop(), writer.stop()]);
  await database.drop();
});
beforeEach(async () => {
  await hub.sql`truncate khotan_runs, khotan_rollups, khotan_rollup_hours, khotan_settings`;
});

/** Runs spread evenly from `from` on, every `everyMs`; the statuses follow each other. */
const add = (
  count: number,
  from: number,
  everyMs: number,
  statuses: readonly string[],
  tenant = "default",
  name = "shop",
) =>
  hub.sql`
    insert into khotan_runs (id, kind, name, plug, tenant, status, source, handler_id, idempotency_key, created_at, finished_at)
    select (lpad(to_hex((${from}::double precision + n * ${everyMs}::double precision)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || substr(md5(n::text || ${tenant + name}::text), 1, 15))::uuid,
      'catch', 'note', ${name}, ${tenant}, s.status, 'webhook', ${name === "shop" ? handlerId : null}, 'k',
      to_timestamp((${from}::double precision + n * ${everyMs}::double precision) / 1000),
      case when s.status in ('pending', 'running') then null else to_timestamp((${from}::double precision + n * ${everyMs}::double precision) / 1000) end
    from generate_series(0, ${count - 1}::int) n
    cross join lateral (select (string_to_array(${statuses.join(",")}, ','))[n % ${statuses.length} + 1] as status) s`;

const ask = async (query: string, who = "admin") => (await hub.send(who, "GET", `/runs/histogram?${query}`)).json;
type Buckets = readonly { at: string; counts: Record<string, number> }[];
const sum = (buckets: Buckets, status?: string) =>
  buckets.reduce(
    (total, { counts }) =>
      total + (status ? (counts[status] ?? 0) : Object.values(counts).reduce((all, count) => all + count, 0)),
    0,
  );

describe("GET /runs/histogram", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/runs/histogram")).status).toBe(401);
  });

  test("counts each run once, where it was made, and only those that meet the filter", async () => {
    const from = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
    await add(600, from, 10_000, ["succeeded", "failed", "running"]);
    await add(50, from, 10_000, ["succeeded"], "default", "desk");
    const range = `since=${new Date(from).toISOString()}&until=${new Date(from + 2 * HOUR - 1).toISOString()}`;
    const all = await ask(`${range}&buckets=24`);
    expect([all.stepMs, all.basis, all.estimated, all.buckets.length]).toEqual([300_000, "created", false, 24]);
    expect(sum(all.buckets)).toBe(650);
    expect(all.buckets[0]).toEqual({
      at: new Date(from).toISOString(),
      counts: { succeeded: 40, failed: 10, running: 10 },
    });
    expect(sum((await ask(`${range}&status=failed`)).buckets)).toBe(200);
    expect(sum((await ask(`${range}&plug=desk`)).buckets)).toBe(50);
    expect(sum((await ask(`${range}&handler=${encodeId("handler", handlerId)}`)).buckets)).toBe(600);
  });

  test("tells each tenant its own", async () => {
    const from = Date.now() - 2 * HOUR;
    await add(30, from, 1_000, ["succeeded"], "acme");
    await add(20, from, 1_000, ["succeeded"], "globex");
    expect(sum((await ask("", "acme")).buckets)).toBe(30);
    expect(sum((await ask("", "both")).buckets)).toBe(50);
    expect(sum((await ask("", "nothing")).buckets)).toBe(0);
    expect((await hub.send("acme", "GET", "/runs/histogram?tenant=globex")).status).toBe(403);
  });

  test("many are read from rollups when these know the filter", async () => {
    const from = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR;
    await add(30_000, from, 500, ["succeeded", "failed", "cancelled", "partial", "succeeded"]);
    await add(100, from, 500, ["pending"], "acme");
    for (let round = 0; round < 40 && (await rollMinutes(writer.engine.adapter)) === "behind"; round++);
    const all = await ask("plug=shop");
    expect([all.basis, all.estimated]).toEqual(["finished", false]);
    expect([sum(all.buckets), sum(all.buckets, "failed"), sum(all.buckets, "pending")]).toEqual([30_100, 6_000, 100]);
    expect(sum((await ask("plug=shop", "acme")).buckets)).toBe(100);
    expect(sum((await ask("plug=shop", "both")).buckets)).toBe(100);
  });

  test("many under another filter are projected, close to the truth, and say so", async () => {
    const from = Math.floor(Date.now() / HOUR) * HOUR - 10 * HOUR;
    await add(90_000, from, 400, ["succeeded", "succeeded", "failed"]);
    await hub.sql`analyze khotan_runs`;
    const range = `since=${new Date(from).toISOString()}&until=${new Date(from + 10 * HOUR).toISOString()}`;
    const guessed = await ask(`${range}&source=webhook&buckets=60`);
    expect(guessed.estimated).toBe(true);
    expect(Math.abs(sum(guessed.buckets) - 90_000)).toBeLessThan(2_000);
    expect(Math.abs(sum(guessed.buckets, "failed") - 30_000)).toBeLessThan(1_500);
  });

  test("nonsense is refused", async () => {
    for (const query of [
      "buckets=0",
      "buckets=201",
      "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z",
      "colour=red",
    ]) {
      expect((await hub.send("admin", "GET", `/runs/histogram?${query}`)).status).toBe(422);
    }
  });
});
