import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSandboxHub, reserveSandbox, type SandboxHub } from "../../../tests/support/sandbox-hub.ts";

const port = await reserveSandbox();
const { orders } = await import("./orders.ts");
const { ordersToBoard } = await import("./orders-to-board.ts");
const { sandbox } = await import("../plugs/sandbox.ts");
const { sandboxBoard } = await import("../plugs/sandbox-board.ts");

let hub: SandboxHub;
beforeEach(async () => {
  hub = await createSandboxHub({ port, sizes: { products: 20, orders: 340, customers: 10 } }, [
    { plug: sandbox, flows: [orders, ordersToBoard] },
    { plug: sandboxBoard },
  ]);
});
afterEach(() => hub.close());

const here = async () => (await hub.sql`select id from sandbox_orders order by id`).map((row) => row.id);
const there = () =>
  hub.sandbox.store.orders
    .rows()
    .map(({ id }) => id)
    .sort();
const nth = (at: number) => hub.sandbox.store.orders.rows()[at]?.id ?? "";
const setStatus = (id: string, status: "paid" | "shipped" | "cancelled") =>
  hub.sandbox.store.orders.update(id, (row) => ({ ...row, status }));

describe("orders", () => {
  test("a page that comes twice counts once", async () => {
    hub.sandbox.faults.set({ repeatNextPages: { path: "/orders", after: 1, count: 2 } });
    const done = await hub.run("orders");
    expect(done).toMatchObject({
      status: "succeeded",
      counters: { created: 340, skipped: 200 },
      result: { duplicates: 200 },
    });
    expect(await here()).toEqual(there());
  });

  test("what failed half-way goes on behind the page that was kept, in another attempt", async () => {
    hub.sandbox.faults.set({ failNext: { path: "/orders", after: 2, count: 1_000, status: 503 } });
    const started = await hub.flow("orders").start();
    await hub.hurryRetry("orders", () => hub.sandbox.faults.reset());
    const done = await started.finished();
    expect(done).toMatchObject({ status: "succeeded", result: { resumed: true, pages: 2 } });
    expect(done.counters).toMatchObject({ extracted: 340, created: 340 });
    expect(await here()).toEqual(there());
  });

  test("are read since the last change; those that are deleted are removed", async () => {
    await hub.run("orders");
    const [gone, changed] = [nth(0), nth(1)];
    hub.sandbox.store.orders.remove(gone);
    setStatus(changed, "cancelled");
    const done = await hub.run("orders");
    expect(done.counters).toMatchObject({ deleted: 1 });
    expect(done.counters.extracted).toBeLessThanOrEqual(5);
    expect(await here()).toEqual(there());
    expect(await hub.sql`select status from sandbox_orders where id = ${changed}`).toEqual([{ status: "cancelled" }]);
  });

  test("a place that the source has forgotten is read again from the window's beginning", async () => {
    hub.sandbox.faults.set({ failNext: { path: "/orders", after: 2, count: 1_000, status: 503 } });
    const started = await hub.flow("orders").start();
    await hub.hurryRetry("orders", () =>
      hub.sandbox.faults.set({ failNext: { path: "/orders", after: 0, count: 1, status: 410 } }),
    );
    expect(await started.finished()).toMatchObject({ status: "succeeded", counters: { created: 340 } });
    expect(await here()).toEqual(there());
  });
});

describe("orders to the board", () => {
  const board = z.object({ data: z.array(z.object({ text: z.string() })) });
  const messages = async () => {
    const answer = await fetch(`${hub.sandbox.url}/messages`, { headers: { "x-api-key": "sandbox-key" } });
    return board.parse(await answer.json()).data.map(({ text }) => text);
  };

  test("each status is told once, through the other door, also when a call fails in between", async () => {
    setStatus(nth(3), "cancelled");
    setStatus(nth(4), "cancelled");
    hub.sandbox.faults.set({ failNext: { path: "/messages", method: "POST", after: 0, count: 20, status: 422 } });
    expect(await hub.run("orders-to-board")).toMatchObject({ status: "partial" });
    hub.sandbox.faults.reset();
    expect(await hub.run("orders-to-board")).toMatchObject({ status: "succeeded" });
    const told = await messages();
    expect(new Set(told).size).toBe(told.length);
    expect(told.filter((text) => text.endsWith("is cancelled.")).length).toBeGreaterThanOrEqual(2);
    await hub.run("orders-to-board");
    expect(await messages()).toEqual(told);
  });

  test("whoever starts it by hand signs the messages and may go back in time", async () => {
    await hub.run("orders-to-board");
    setStatus(nth(5), "cancelled");
    const started = await hub.flow("orders-to-board").start({ body: { author: "Mira", from: "2020-01-01T00:00:00Z" } });
    const done = await started.finished();
    expect(done).toMatchObject({ status: "succeeded" });
    expect(done.counters.extracted).toBe(340);
    const answer = await fetch(`${hub.sandbox.url}/messages`, { headers: { "x-api-key": "sandbox-key" } });
    const signed = z
      .object({ data: z.array(z.object({ from: z.string(), text: z.string() })) })
      .parse(await answer.json());
    expect(signed.data.filter(({ from }) => from === "Mira").map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/is cancelled\.$/),
    );
  });
});
