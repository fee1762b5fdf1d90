import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { encodeId, type Facet } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
let handlerId: string;
const registration = (name: string) => ({
  plug: plug({ name, baseUrl: `https://${name}.example`, auth: none() }),
  catches: [catchEvent({ name: "note", run: async () => undefined })],
});

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: [registration("shop"), registration("desk")] });
  await hub.khotan.ready();
  const [row] = await hub.sql`select id from khotan_handlers where plug = 'shop'`;
  handlerId = row?.id;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});
beforeEach(async () => {
  await hub.sql`truncate khotan_runs`;
});

interface Made {
  readonly status?: string;
  readonly kind?: string;
  readonly source?: string;
  readonly plug?: string;
  readonly tenant?: string;
  readonly ageHours?: number;
  readonly handler?: boolean;
}
let made = 0;
/** Runs that are alike, made within the second at that age. */
const add = (count: number, run: Made = {}) => {
  const { status = "succeeded", kind = "catch", source = "webhook", ageHours = 0, handler = false } = run;
  const at = Date.now() - ageHours * 3_600_000;
  const id = at.toString(16).padStart(12, "0");
  made++;
  return hub.sql`
    insert into khotan_runs (id, kind, name, plug, tenant, status, source, handler_id, idempotency_key, created_at)
    select (${id} || '7' || lpad(to_hex(${made}::int), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid, ${kind}, 'note',
      ${run.plug ?? "shop"}, ${run.tenant ?? "default"}, ${status}, ${source}, ${handler ? handlerId : null}, 'k', to_timestamp(${at}::double precision / 1000)
    from generate_series(1, ${count}::int) n`;
};

type Facets = Record<string, readonly Facet[]>;
const ask = async (query = "", who = "admin"): Promise<Facets> =>
  (await hub.send(who, "GET", `/runs/facets?${query}`)).json;
const count = (facets: readonly Facet[] | undefined, value: string) => {
  const found = facets?.find((facet) => facet.value === value);
  return found && (found.estimated ? `${found.count}+` : found.count);
};

describe("GET /runs/facets", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/runs/facets")).status).toBe(401);
  });

  test("counts each field under the other filters, and not under its own", async () => {
    await add(30, { handler: true });
    await add(7, { status: "failed", source: "replay" });
    await add(5, { status: "failed", plug: "desk", kind: "inflow" });
    const all = await ask();
    expect(all.status?.map(({ value, count: n }) => [value, n])).toEqual([
      ["pending", 0],
      ["running", 0],
      ["succeeded", 30],
      ["partial", 0],
      ["failed", 12],
      ["cancelled", 0],
    ]);
    expect(all.plug).toEqual([
      { value: "shop", label: "shop", count: 37, estimated: false },
      { value: "desk", label: "desk", count: 5, estimated: false },
    ]);
    expect(all.handler).toEqual([
      { value: encodeId("handler", handlerId), label: "note", count: 30, estimated: false },
    ]);
    const failed = await ask("status=failed&plug=shop");
    expect([count(failed.status, "succeeded"), count(failed.status, "failed")]).toEqual([30, 7]);
    expect([count(failed.plug, "shop"), count(failed.plug, "desk")]).toEqual([7, 5]);
    expect([count(failed.kind, "catch"), count(failed.kind, "inflow"), count(failed.source, "replay")]).toEqual([
      7, 0, 7,
    ]);
  });

  test("tells each tenant its own", async () => {
    await add(3, { tenant: "acme" });
    await add(2, { tenant: "globex" });
    const tenants = async (who: string) => (await ask("", who)).tenant?.map(({ value, count: n }) => [value, n]);
    expect(await tenants("acme")).toEqual([["acme", 3]]);
    expect(await tenants("both")).toEqual([
      ["acme", 3],
      ["globex", 2],
    ]);
    expect(await tenants("nothing")).toEqual([]);
    expect((await hub.send("acme", "GET", "/runs/facets?tenant=globex")).status).toBe(403);
  });

  test("stops at 10,000 and still finds what is old and rare", async () => {
    await add(3, { status: "failed", plug: "desk", tenant: "acme", ageHours: 9 });
    await add(12_000, { ageHours: 1 });
    await add(400, { status: "failed", ageHours: 1 });
    const all = await ask();
    expect([count(all.status, "succeeded"), count(all.status, "failed")]).toEqual(["10000+", 403]);
    expect([count(all.plug, "shop"), count(all.plug, "desk"), count(all.tenant, "acme")]).toEqual(["10000+", 3, 3]);
    const shop = await ask("plug=shop");
    expect([count(shop.status, "failed"), count(shop.plug, "desk")]).toEqual([400, 3]);
    const acme = await ask("", "acme");
    expect([count(acme.status, "failed"), count(acme.plug, "desk"), acme.plug?.length]).toEqual([3, 3, 1]);
    const old = await ask(`until=${new Date(Date.now() - 5 * 3_600_000).toISOString()}`);
    expect([count(old.status, "failed"), count(old.status, "succeeded")]).toEqual([3, 0]);
  });
});
