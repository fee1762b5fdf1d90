import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/hub.ts";
import { createSandboxHub, reserveSandbox, type SandboxHub } from "../../../tests/support/sandbox-hub.ts";

const port = await reserveSandbox();
const { customers } = await import("./customers.ts");
const { orders } = await import("./orders.ts");
const { products } = await import("./products.ts");
const { sandbox } = await import("../plugs/sandbox.ts");

let hub: SandboxHub;
beforeEach(async () => {
  hub = await createSandboxHub({ port, sizes: { products: 230, orders: 230, customers: 230 } }, [
    { plug: sandbox, flows: [products, orders, customers] },
  ]);
});
afterEach(() => hub.close());

/** By offset, by cursor, and by the Link header in both directions. */
const flows = [
  { name: "products", variant: "changes", alive: "deleted_at is null" },
  { name: "orders", variant: undefined, alive: "true" },
  { name: "customers", variant: undefined, alive: "deleted_at is null" },
] as const;

describe.each(flows)("$name", ({ name, variant, alive }) => {
  const path = `/${name}`;
  const run = () => hub.run(name, variant);
  const store = () => hub.sandbox.store[name];
  const nth = (at: number) => store().rows()[at]?.id ?? "";
  const there = () =>
    store()
      .rows()
      .map(({ id }) => id)
      .sort();
  const here = async () =>
    (await hub.sql.unsafe(`select id from sandbox_${name} where ${alive} order by id`)).map((row) => row.id);
  /** Another version of the record at the source, by the source's clock. */
  const touch = (at: number) => {
    const id = nth(at);
    if (name === "products") hub.sandbox.store.products.update(id, (row) => ({ ...row, name: `Touched ${at}` }));
    if (name === "orders") hub.sandbox.store.orders.update(id, (row) => ({ ...row, status: "cancelled" }));
    if (name === "customers") hub.sandbox.store.customers.update(id, (row) => ({ ...row, company: `Touched ${at}` }));
    return id;
  };
  const column = { products: "name", orders: "status", customers: "company" }[name];
  const valueHere = async (id: string) =>
    (await hub.sql.unsafe(`select ${column} as v from sandbox_${name} where id = $1`, [id]))[0]?.v;
  const valueThere = (id: string): unknown => {
    if (name === "products") return hub.sandbox.store.products.rows().find((row) => row.id === id)?.name;
    if (name === "orders") return hub.sandbox.store.orders.rows().find((row) => row.id === id)?.status;
    return hub.sandbox.store.customers.rows().find((row) => row.id === id)?.company;
  };

  test.each([
    ["fails", { failNext: { path, after: 1, count: 1_000, status: 503 } }],
    ["is cut in the middle", { dropNext: { path, method: "GET", after: 1, count: 1_000, when: "midway" } }],
  ] as const)("a second page that %s: what was read stays, and the next attempt brings the rest", async (_, fault) => {
    hub.sandbox.faults.set(fault);
    const started = await hub.flow(name).start({ variant });
    await hub.hurryRetry(name, () => hub.sandbox.faults.reset());
    expect(await started.finished()).toMatchObject({ status: "succeeded" });
    expect(await here()).toEqual(there());
  });

  test("a limit that is hit in the middle is waited for", async () => {
    hub.sandbox.faults.set({ failNext: { path, after: 1, count: 1, status: 429, retryAfterSeconds: 1 } });
    expect(await run()).toMatchObject({ status: "succeeded", counters: { created: 230 } });
    expect(await here()).toEqual(there());
  });

  test("a page that comes twice is written once", async () => {
    hub.sandbox.faults.set({ repeatNextPages: { path, after: 1, count: 1 } });
    await run();
    hub.sandbox.faults.reset();
    await run();
    expect(await here()).toEqual(there());
  });

  test("what changes or goes while it is read is so here as well after the next run", async () => {
    hub.sandbox.faults.set({ delayMs: 150 });
    const started = await hub.flow(name).start({ variant });
    await eventually(here, (found) => found.length > 0);
    const changed = touch(2);
    store().remove(nth(4));
    hub.sandbox.faults.reset();
    await started.finished();
    await run();
    expect(await here()).toEqual(there());
    expect(await valueHere(changed)).toBe(valueThere(changed));
  });

  test.each([3_600_000, -3_600_000])(
    "a source whose clock is %i ms off, and is put right, loses nothing",
    async (skew) => {
      await run();
      hub.sandbox.faults.set({ clockSkewMs: skew });
      const wrong = touch(1);
      await run();
      hub.sandbox.faults.reset();
      const right = touch(2);
      await run();
      for (const id of [wrong, right]) expect(await valueHere(id)).toBe(valueThere(id));
      expect(await here()).toEqual(there());
    },
  );
});
