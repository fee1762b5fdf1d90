import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/hub.ts";
import { createSandboxHub, reserveSandbox, type SandboxHub } from "../../../tests/support/sandbox-hub.ts";

const port = await reserveSandbox();
const { products } = await import("./products.ts");
const { sandbox } = await import("../plugs/sandbox.ts");

let hub: SandboxHub;
beforeEach(async () => {
  hub = await createSandboxHub({ port, sizes: { products: 250, orders: 0, customers: 0 } }, [
    { plug: sandbox, flows: [products] },
  ]);
});
afterEach(() => hub.close());

const live = async () =>
  (await hub.sql`select id from sandbox_products where deleted_at is null order by id`).map((row) => row.id);
const idsThere = () =>
  hub.sandbox.store.products
    .rows()
    .map(({ id }) => id)
    .sort();
const nth = (at: number) => hub.sandbox.store.products.rows()[at]?.id ?? "";
const rename = (id: string, name: string) => hub.sandbox.store.products.update(id, (row) => ({ ...row, name }));

describe("products", () => {
  test("are all brought, then only what changed; what was deleted is marked, once", async () => {
    expect(await hub.run("products", "changes")).toMatchObject({
      status: "succeeded",
      counters: { extracted: 250, created: 250 },
      result: { pages: 3, mode: "incremental", resumed: false },
    });
    expect(await live()).toEqual(idsThere());
    const renamed = nth(7);
    rename(renamed, "Renamed");
    hub.sandbox.store.products.remove(nth(11));
    const second = await hub.run("products", "changes");
    expect(second).toMatchObject({ status: "succeeded", counters: { updated: 1, deleted: 1 } });
    // The seed's records are of the past: besides the two that changed, the overlap reads the newest of them at most.
    expect(second.counters.extracted).toBeLessThanOrEqual(5);
    expect(await hub.sql`select name from sandbox_products where id = ${renamed}`).toEqual([{ name: "Renamed" }]);
    expect(await live()).toEqual(idsThere());
    const third = await hub.run("products", "changes");
    expect([third.counters.updated ?? 0, third.counters.deleted ?? 0, third.counters.created ?? 0]).toEqual([0, 0, 0]);
  });

  test("a page that fails half-way takes nothing away, and a later attempt brings everything once", async () => {
    hub.sandbox.faults.set({ failNext: { path: "/products", after: 1, count: 1_000, status: 503 } });
    const started = await hub.flow("products").start({ variant: "full" });
    await hub.hurryRetry("products", () => hub.sandbox.faults.reset());
    expect(await started.finished()).toMatchObject({ status: "succeeded", counters: { created: 250 } });
    expect(await live()).toEqual(idsThere());
  });

  test("records that change or go while they are read are not lost, and those beside them neither", async () => {
    hub.sandbox.faults.set({ delayMs: 150 });
    const started = await hub.flow("products").start({ variant: "changes" });
    const written = async () => (await live()).length;
    await eventually(written, (count) => count > 0);
    expect(await written()).toBeLessThan(250);
    const changed = nth(3);
    rename(changed, "Changed meanwhile");
    hub.sandbox.store.products.remove(nth(5));
    hub.sandbox.faults.reset();
    await started.finished();
    await hub.run("products", "changes");
    expect(await live()).toEqual(idsThere());
    expect(await hub.sql`select name from sandbox_products where id = ${changed}`).toEqual([
      { name: "Changed meanwhile" },
    ]);
  });

  test.each([3_600_000, -3_600_000])(
    "a source whose clock is wrong by %i ms, and is put right, loses nothing",
    async (skew) => {
      await hub.run("products", "changes");
      hub.sandbox.faults.set({ clockSkewMs: skew });
      rename(nth(1), "By the wrong clock");
      await hub.run("products", "changes");
      hub.sandbox.faults.reset();
      rename(nth(2), "By the right clock");
      await hub.run("products", "changes");
      const names =
        await hub.sql`select name from sandbox_products where id in ${hub.sql([nth(1), nth(2)])} order by id`;
      expect(names.map((row) => row.name)).toEqual(["By the wrong clock", "By the right clock"]);
    },
  );

  test("a limit that is hit in the middle is waited for", async () => {
    hub.sandbox.faults.set({ failNext: { path: "/products", after: 1, count: 1, status: 429, retryAfterSeconds: 1 } });
    expect(await hub.run("products", "changes")).toMatchObject({ status: "succeeded", counters: { created: 250 } });
  });

  test("a source that is suddenly nearly empty takes nothing away, and says why", async () => {
    await hub.run("products", "full");
    const before = await live();
    await hub.sandbox.stop();
    const { startSandbox } = await import("../../sandbox/index.ts");
    const empty = await startSandbox({ port, sizes: { products: 10, orders: 0, customers: 0 } });
    const done = await hub.run("products", "full");
    await empty.stop();
    expect(done).toMatchObject({ status: "failed", error: { code: "sync_too_many_gone" } });
    expect(await live()).toEqual(before);
  });
});
