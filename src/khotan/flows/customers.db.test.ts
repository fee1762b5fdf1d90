import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../tests/support/hub.ts";
import { createSandboxHub, reserveSandbox, type SandboxHub } from "../../../tests/support/sandbox-hub.ts";
import { receiveWebhook } from "../../engine/events/receive-webhook.ts";
import { listConflicts } from "../../engine/sync/conflicts/list-conflicts.ts";
import { resolveConflict } from "../../engine/sync/conflicts/resolve-conflict.ts";
import { connectWire } from "../../engine/wires/connect-wire.ts";

const port = await reserveSandbox();
const { customers } = await import("./customers.ts");
const { keepSandboxCustomers } = await import("../catches/keep-sandbox-customers.ts");
const { sandboxWire } = await import("../wires/sandbox-wire.ts");
const { sandbox } = await import("../plugs/sandbox.ts");

const admin = { id: "tester", role: "admin", tenants: "*" } as const;

let hub: SandboxHub;
beforeEach(async () => {
  hub = await createSandboxHub({ port, sizes: { products: 0, orders: 0, customers: 120 } }, [
    { plug: sandbox, wires: [sandboxWire], catches: [keepSandboxCustomers], flows: [customers] },
  ]);
});
afterEach(() => hub.close());

const store = () => hub.sandbox.store.customers;
const nth = (at: number) => store().rows()[at]?.id ?? "";
const there = (id: string) =>
  store()
    .rows()
    .find((row) => row.id === id);
const here = async (id: string) => (await hub.sql`select * from sandbox_customers where id = ${id}`)[0];
const changeThere = (id: string, fields: { email?: string; company?: string | null; firstName?: string }) =>
  store().update(id, (row) => ({ ...row, ...fields }));
const changeHere = (id: string, fields: Record<string, string>) =>
  hub.sql`update sandbox_customers set ${hub.sql(fields)}, updated_at = now() where id = ${id}`;
const conflicts = () => listConflicts(hub.engine, admin, { limit: 50 });

describe("customers", () => {
  test("are brought here; then changes of each side go to the other, and nothing else moves", async () => {
    expect(await hub.run("customers")).toMatchObject({ status: "succeeded", counters: { created: 120 } });
    const [mine, theirs] = [nth(0), nth(1)];
    await changeHere(mine, { company: "Ours Ltd" });
    changeThere(theirs, { company: "Theirs Inc" });
    const second = await hub.run("customers");
    expect(second).toMatchObject({ status: "succeeded", counters: { updated: 2 } });
    expect(there(mine)?.company).toBe("Ours Ltd");
    expect((await here(theirs))?.company).toBe("Theirs Inc");
    const versions = store()
      .rows()
      .map(({ version }) => version);
    const third = await hub.run("customers");
    expect(third.counters.updated ?? 0).toBe(0);
    expect(
      store()
        .rows()
        .map(({ version }) => version),
    ).toEqual(versions);
    expect((await conflicts()).items).toEqual([]);
  });

  test("that both sides changed are merged by field; where they cannot be, the newer change counts and is listed", async () => {
    await hub.run("customers");
    const [merged, newerHere, newerThere] = [nth(0), nth(1), nth(2)];
    await changeHere(merged, { first_name: "Here" });
    changeThere(merged, { company: "There GmbH" });
    changeThere(newerHere, { company: "older" });
    await changeHere(newerHere, { company: "newer" });
    await hub.sql`update sandbox_customers set updated_at = now() + interval '1 minute' where id = ${newerHere}`;
    await changeHere(newerThere, { company: "older" });
    await hub.sql`update sandbox_customers set updated_at = now() - interval '1 hour' where id = ${newerThere}`;
    changeThere(newerThere, { company: "newer" });
    expect(await hub.run("customers")).toMatchObject({ status: "succeeded" });
    expect(there(merged)).toMatchObject({ firstName: "Here", company: "There GmbH" });
    expect(await here(merged)).toMatchObject({ first_name: "Here", company: "There GmbH" });
    for (const id of [newerHere, newerThere]) {
      expect([there(id)?.company, (await here(id))?.company]).toEqual(["newer", "newer"]);
    }
    const { items } = await conflicts();
    expect(items.map(({ key, outcome, status }) => [key, outcome, status]).sort()).toEqual([
      [newerHere, "platform", "decided"],
      [newerThere, "source", "decided"],
    ]);
    expect(items[0]?.fields).toMatchObject([
      { field: "company", source: expect.anything(), platform: expect.anything() },
    ]);
  });

  test("a conflict that a person decides anew is written to both sides by the next run, and audited", async () => {
    await hub.run("customers");
    const id = nth(4);
    await changeHere(id, { company: "ours" });
    changeThere(id, { company: "theirs" });
    await hub.run("customers");
    const [conflict] = (await conflicts()).items;
    const chosen = await resolveConflict(hub.engine, {
      id: conflict?.id ?? "",
      use: "merged",
      value: { company: "both" },
      actor: admin,
    });
    expect(chosen).toMatchObject({ status: "resolving", outcome: "merged", value: { company: "both" } });
    await hub.run("customers");
    expect([there(id)?.company, (await here(id))?.company]).toEqual(["both", "both"]);
    expect((await conflicts()).items).toMatchObject([
      { status: "resolved", resolvedBy: "tester", appliedAt: expect.any(String) },
    ]);
    expect(await hub.sql`select action from khotan_audit where action like 'conflict%'`).toEqual([
      { action: "conflict.resolve" },
    ]);
  });

  test("what could not be sent is owed, and sent by the next run without becoming a conflict", async () => {
    await hub.run("customers");
    const id = nth(3);
    await changeHere(id, { email: "not an address" });
    expect(await hub.run("customers")).toMatchObject({ status: "partial", counters: { failed: 1 } });
    await changeHere(id, { email: "right@example.com" });
    expect(await hub.run("customers")).toMatchObject({ status: "succeeded" });
    expect(there(id)?.email).toBe("right@example.com");
    expect((await conflicts()).items).toEqual([]);
  });

  test("an attempt that ends between writing here and telling there is gone on with: told once, one conflict, both alike", async () => {
    await hub.run("customers");
    const [conflicting, merged] = [nth(6), nth(7)];
    changeThere(conflicting, { company: "theirs" });
    await changeHere(conflicting, { company: "ours, later" });
    await hub.sql`update sandbox_customers set updated_at = now() + interval '1 minute' where id = ${conflicting}`;
    changeThere(merged, { firstName: "There" });
    await changeHere(merged, { company: "Here" });
    hub.sandbox.faults.set({
      dropNext: { path: "/customers", method: "PATCH", after: 0, count: 1_000, when: "before" },
    });
    const started = await hub.flow("customers").start();
    await hub.hurryRetry("customers", () => hub.sandbox.faults.reset());
    expect(await started.finished()).toMatchObject({ status: "succeeded" });
    expect([there(conflicting)?.company, (await here(conflicting))?.company]).toEqual(["ours, later", "ours, later"]);
    expect(there(merged)).toMatchObject({ firstName: "There", company: "Here" });
    expect(await here(merged)).toMatchObject({ first_name: "There", company: "Here" });
    expect((await conflicts()).items).toMatchObject([{ key: conflicting, outcome: "platform" }]);
    expect(await hub.sql`select key from khotan_sync_states where pending`).toEqual([]);
  });

  test("that were deleted there are marked here, unless somebody changed them here since", async () => {
    await hub.run("customers");
    const [gone, changed] = [nth(0), nth(1)];
    store().remove(gone);
    store().remove(changed);
    await changeHere(changed, { company: "still wanted" });
    await hub.sql`update sandbox_customers set updated_at = now() + interval '1 minute' where id = ${changed}`;
    await hub.run("customers");
    expect((await here(gone))?.deleted_at).not.toBeNull();
    expect((await here(changed))?.deleted_at).toBeNull();
    expect((await conflicts()).items).toMatchObject([{ key: changed, source: null, outcome: "platform" }]);
    // The overlap reads them again; that is no news.
    await hub.run("customers");
    expect((await here(changed))?.deleted_at).toBeNull();
    expect((await conflicts()).items).toHaveLength(1);
  });

  test("that are new here are made there once, though the answer is lost; that are deleted here are deleted there", async () => {
    await hub.run("customers");
    await hub.sql`
      insert into sandbox_customers (id, email, first_name, last_name) values ('here-1', 'new@example.com', 'New', 'Here')
    `;
    hub.sandbox.faults.set({
      dropNext: { path: "/customers", method: "POST", after: 0, count: 1_000, when: "midway" },
    });
    const started = await hub.flow("customers").start();
    await hub.hurryRetry("customers", () => hub.sandbox.faults.reset());
    expect(await started.finished()).toMatchObject({ status: "succeeded", counters: { created: 1 } });
    const made = store()
      .rows()
      .filter(({ email }) => email === "new@example.com");
    expect(made).toHaveLength(1);
    const id = made[0]?.id ?? "";
    expect(await hub.sql`select id from sandbox_customers where email = 'new@example.com'`).toEqual([{ id }]);
    await hub.sql`update sandbox_customers set deleted_at = now() where id = ${id}`;
    expect(await hub.run("customers")).toMatchObject({ status: "succeeded", counters: { deleted: 1 } });
    expect(there(id)).toBeUndefined();
    await hub.run("customers");
    expect((await here(id))?.deleted_at).not.toBeNull();
    expect((await conflicts()).items).toEqual([]);
  });

  test("the webhook that our own write causes is recognised and left out; a change by somebody else is not", async () => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const at = {
        plug: "sandbox",
        tenant: "default",
        method: "POST",
        path: "/webhook/sandbox",
        url: "http://hub.test/webhook/sandbox",
      };
      await receiveWebhook(hub.engine, hub.runtime.receiver, { ...at, headers, body: Buffer.concat(chunks) });
      response.writeHead(202).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    await hub.run("customers");
    await connectWire(hub.engine, { plug: "sandbox", tenant: "default", origin, actor: admin });
    const id = nth(0);
    await changeHere(id, { company: "By the sync" });
    const { runId } = await hub.run("customers");
    const deliveries = () => hub.sql`
      select d.status, r.result, e.origin from khotan_deliveries d
      join khotan_events e on e.id = d.event_id left join khotan_runs r on r.delivery_id = d.id
      where d.status in ('skipped', 'succeeded', 'dead') order by d.id
    `;
    const [echo] = await eventually(deliveries, (found) => found.length === 1);
    expect(echo).toMatchObject({
      status: "skipped",
      origin: "sync",
      result: { skipped: `echo: ${runId} wrote this itself` },
    });
    changeThere(id, { company: "By somebody" });
    const [, other] = await eventually(deliveries, (found) => found.length === 2);
    expect(other).toMatchObject({ origin: "webhook", result: { skipped: "the flow `customers` compares both sides" } });
    // And back again: that is a change, though we once wrote the same.
    changeThere(id, { company: "By the sync" });
    const [, , back] = await eventually(deliveries, (found) => found.length === 3);
    expect(back).toMatchObject({ origin: "webhook" });
    server.close();
    server.closeAllConnections();
  });
});
