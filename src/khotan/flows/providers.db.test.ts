import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAppTables } from "../../../tests/support/app-tables.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { githubPeer, stripePeer } from "../../../tests/support/provider-peers.ts";
import { flowHandle } from "../../engine/flows/flow-handle.ts";
import { github } from "../plugs/github.ts";
import { stripe } from "../plugs/stripe.ts";
import { githubIssuesIn } from "./github-issues.ts";
import { stripeCustomersIn } from "./stripe-customers.ts";
import { stripeInvoicesIn } from "./stripe-invoices.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;

let database: TestDatabase;
let hub: TestHub;
beforeEach(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, {
    plugs: [
      { plug: github, flows: [githubIssuesIn] },
      { plug: stripe, flows: [stripeCustomersIn, stripeInvoicesIn] },
    ],
  });
  await createAppTables(hub.sql);
  await hub.runtime.start();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

const connect = (plug: typeof github | typeof stripe, patch: Record<string, string>, tenant = "default") =>
  hub.engine.connectionVars.write({ plug: plug.name, tenant, fields: plug.fields, patch, actor: admin });
const run = async (name: string, plug: string, variant?: string, tenant?: string) =>
  (await flowHandle(hub.engine, hub.runtime, name, { plug, tenant }).start({ variant })).finished();

const issue = (number: number, updated_at = "2026-01-02T00:00:00Z") => ({
  id: 1_000 + number,
  number,
  title: `Issue ${number}`,
  state: "open",
  html_url: `https://github.test/o/r/issues/${number}`,
  user: { login: "octocat" },
  labels: [],
  created_at: "2026-01-01T00:00:00Z",
  updated_at,
  closed_at: null,
});

describe("GitHub's issues", () => {
  test("are all brought along the Link header; unchanged ones cost one conditional call", async () => {
    const issues = Array.from({ length: 230 }, (_, at) => issue(at + 1));
    await using server = await githubPeer(() => issues);
    await connect(github, { token: "github_pat_123456", baseUrl: server.url, repository: "o/r" });
    expect(await run("issues", "github")).toMatchObject({
      status: "succeeded",
      counters: { extracted: 230, created: 230 },
    });
    const calls = server.seen.length;
    expect(await run("issues", "github")).toMatchObject({ status: "succeeded", result: { pages: 0 } });
    expect(server.seen.length).toBe(calls + 1);
    issues[4] = { ...issue(5, "2026-02-01T00:00:00Z"), title: "Changed" };
    const third = await run("issues", "github");
    expect(third.counters).toMatchObject({ updated: 1 });
    expect(server.seen.at(-1)?.url).toContain(`since=${encodeURIComponent("2026-01-01T23:55:00.000Z")}`);
    expect(await hub.sql`select title, repository, author from github_issues where number = 5`).toEqual([
      { title: "Changed", repository: "o/r", author: "octocat" },
    ]);
  });

  test("that do not meet the plug's schema any more pause the flow, for this tenant alone, and say where", async () => {
    const wrong = Object.assign(issue(2), { title: 5 });
    await using server = await githubPeer(() => [issue(1), wrong]);
    for (const tenant of ["acme", "globex"]) {
      await connect(github, { token: "github_pat_123456", baseUrl: server.url, repository: "o/r" }, tenant);
    }
    const failed = await run("issues", "github", undefined, "acme");
    expect(failed).toMatchObject({ status: "failed", error: { code: "schema_drift" } });
    expect(
      await hub.sql`select changes from khotan_flow_drifts where status = 'open' and tenant = 'acme'`,
    ).toMatchObject([{ changes: [{ field: expect.stringContaining("title"), breaking: true }] }]);
    await expect(run("issues", "github", undefined, "acme")).rejects.toMatchObject({ code: "flow_paused" });
    expect(await run("issues", "github", undefined, "globex")).toMatchObject({ error: { code: "schema_drift" } });
  });

  test("of nobody knows which repository are not asked for", async () => {
    await connect(github, { token: "github_pat_123456" });
    expect(await run("issues", "github")).toMatchObject({ status: "failed", error: { code: "variables_missing" } });
  });
});

describe("Stripe", () => {
  const customer = (at: number) => ({
    id: `cus_${at}`,
    object: "customer",
    name: `C ${at}`,
    email: null,
    created: 1_760_000_000 + at,
  });
  const invoice = (at: number) => ({
    id: `in_${at}`,
    object: "invoice",
    number: null,
    status: "open",
    customer: { id: "cus_1" },
    customer_email: null,
    amount_due: 100 + at,
    currency: "eur",
    attempt_count: 0,
    created: 1_760_000_000 + at,
  });

  test("customers are brought for each tenant; those that are gone are marked when all were read, and come back", async () => {
    let customers = Array.from({ length: 250 }, (_, at) => customer(250 - at));
    await using server = await stripePeer(() => customers);
    for (const tenant of ["acme", "globex"])
      await connect(stripe, { apiKey: "sk_test_123456", baseUrl: server.url }, tenant);
    for (const tenant of ["acme", "globex"]) {
      expect(await run("customers", "stripe", undefined, tenant)).toMatchObject({
        status: "succeeded",
        counters: { created: 250 },
      });
    }
    const [first, ...rest] = customers;
    customers = rest;
    expect((await run("customers", "stripe", undefined, "acme")).counters).toMatchObject({ deleted: 1 });
    const marked = () => hub.sql`select tenant, id from stripe_customers where deleted_at is not null`;
    expect(await marked()).toEqual([{ tenant: "acme", id: first?.id }]);
    if (first) customers = [first, ...rest];
    await run("customers", "stripe", undefined, "acme");
    expect(await marked()).toEqual([]);
    customers = [];
    expect(await run("customers", "stripe", undefined, "acme")).toMatchObject({
      error: { code: "sync_too_many_gone" },
    });
    expect(await marked()).toEqual([]);
  });

  test("invoices are brought by the time they were made; what a webhook said of one stays", async () => {
    const invoices = Array.from({ length: 150 }, (_, at) => invoice(150 - at));
    await using server = await stripePeer(() => invoices);
    await connect(stripe, { apiKey: "sk_test_123456", baseUrl: server.url });
    await hub.sql`
      insert into stripe_invoices (id, tenant, status, last_event) values ('in_7', 'default', 'open', 'evt_1')
    `;
    expect(await run("invoices", "stripe", "recent")).toMatchObject({
      status: "succeeded",
      counters: { created: 149, updated: 1 },
    });
    invoices.unshift(invoice(100_000));
    expect((await run("invoices", "stripe", "recent")).counters).toMatchObject({ created: 1 });
    expect(server.seen.at(-1)?.url).toContain(encodeURIComponent("created[gte]"));
    expect(await hub.sql`select last_event, customer, amount_due::int from stripe_invoices where id = 'in_7'`).toEqual([
      { last_event: "evt_1", customer: "cus_1", amount_due: 107 },
    ]);
    expect((await run("invoices", "stripe", "full")).counters.extracted).toBe(151);
  });
});
