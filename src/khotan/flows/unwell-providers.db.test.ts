import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAppTables } from "../../../tests/support/app-tables.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { type Fault, githubPeer, refusing, stripePeer } from "../../../tests/support/provider-peers.ts";
import { flowHandle } from "../../engine/flows/flow-handle.ts";
import { github } from "../plugs/github.ts";
import { stripe } from "../plugs/stripe.ts";
import { githubIssuesIn } from "./github-issues.ts";
import { stripeCustomersIn } from "./stripe-customers.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const well: Fault = () => false;

let database: TestDatabase;
let hub: TestHub;
let fault: Fault;
beforeEach(async () => {
  fault = well;
  database = await createTestDatabase();
  hub = createTestHub(database.url, {
    plugs: [
      { plug: github, flows: [githubIssuesIn] },
      { plug: stripe, flows: [stripeCustomersIn] },
    ],
  });
  await createAppTables(hub.sql);
  await hub.runtime.start();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

const connect = (plug: typeof github | typeof stripe, patch: Record<string, string>) =>
  hub.engine.connectionVars.write({ plug: plug.name, tenant: "default", fields: plug.fields, patch, actor: admin });
const start = (name: string) => flowHandle(hub.engine, hub.runtime, name).start();
const run = async (name: string) => (await start(name)).finished();

/** The attempt under way fails; then the peer is well, and the next one begins at once. */
async function recover(name: string): Promise<void> {
  const waiting = () => hub.sql`
    select id from khotan_runs where name = ${name} and status = 'pending' and attempts > 0 and next_attempt_at > now()
  `;
  await eventually(waiting, (found) => found.length > 0);
  fault = well;
  await hub.sql`update khotan_runs set next_attempt_at = now() where name = ${name} and status = 'pending'`;
  hub.runtime.flows.nudge();
}

describe("GitHub's issues", () => {
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
  const issues = Array.from({ length: 230 }, (_, at) => issue(at + 1));
  const onPage = (page: number) => (url: URL) => url.searchParams.get("page") === String(page);
  const here = async () => (await hub.sql`select count(*)::int as n from github_issues`)[0]?.n;
  const connected = (url: string) => connect(github, { token: "github_pat_123456", baseUrl: url, repository: "o/r" });

  test("whose second page fails are brought by the next attempt, each once; the ETag is not kept before", async () => {
    await using server = await githubPeer(
      () => issues,
      () => fault,
    );
    await connected(server.url);
    fault = refusing(onPage(2), 503);
    const started = await start("issues");
    await recover("issues");
    expect(await started.finished()).toMatchObject({ status: "succeeded", counters: { created: 230 } });
    expect(await here()).toBe(230);
    expect(server.seen.every(({ headers }) => headers["if-none-match"] === undefined)).toBe(true);
  });

  test.each([429, 403])("that are refused by %i in the middle, with Retry-After, are waited for", async (status) => {
    await using server = await githubPeer(
      () => issues,
      () => fault,
    );
    await connected(server.url);
    fault = refusing(onPage(2), status, { count: 1, headers: { "retry-after": "1", "x-ratelimit-remaining": "0" } });
    const done = await run("issues");
    expect(done).toMatchObject({ status: "succeeded", counters: { created: 230 } });
    expect(await here()).toBe(230);
  });

  test("that change while they are read are brought by the next run, whatever was newest when this one began", async () => {
    let list = [...issues];
    await using server = await githubPeer(
      () => list,
      () => fault,
    );
    await connected(server.url);
    fault = (url) => {
      // The first page was read; now one of it changes, and a new one comes in.
      if (onPage(3)(url)) list = [{ ...issue(5, "2026-01-03T00:00:00Z"), title: "Changed" }, ...list.toSpliced(4, 1)];
      return false;
    };
    expect(await run("issues")).toMatchObject({ status: "succeeded" });
    fault = well;
    expect((await run("issues")).counters).toMatchObject({ updated: 1 });
    expect(await hub.sql`select title from github_issues where number = 5`).toEqual([{ title: "Changed" }]);
    expect(await here()).toBe(230);
  });
});

describe("Stripe's customers", () => {
  const customer = (at: number) => ({
    id: `cus_${at}`,
    object: "customer",
    name: `C ${at}`,
    email: null,
    created: 1_760_000_000 + at,
  });
  let customers: ReturnType<typeof customer>[];
  beforeEach(() => {
    customers = Array.from({ length: 250 }, (_, at) => customer(250 - at));
  });
  const peer = () =>
    stripePeer(
      () => customers,
      () => fault,
    );
  const connected = (url: string) => connect(stripe, { apiKey: "sk_test_123456", baseUrl: url });
  const live = async () =>
    (await hub.sql`select id from stripe_customers where deleted_at is null order by created_at desc`).map(
      (row) => row.id,
    );
  const ids = () => customers.map(({ id }) => id);
  const behind = (id: string) => (url: URL) => url.searchParams.get("starting_after") === id;

  test("whose second page fails go on behind the first, in another attempt", async () => {
    await using server = await peer();
    await connected(server.url);
    fault = refusing(behind("cus_151"), 503);
    const started = await start("customers");
    await recover("customers");
    expect(await started.finished()).toMatchObject({
      status: "succeeded",
      counters: { extracted: 250, created: 250 },
      result: { resumed: true, pages: 2 },
    });
    expect(await live()).toEqual(ids());
  });

  test("that hit the limit in the middle are waited for", async () => {
    await using server = await peer();
    await connected(server.url);
    fault = refusing(behind("cus_151"), 429, { count: 2, headers: { "retry-after": "1" } });
    expect(await run("customers")).toMatchObject({ status: "succeeded", counters: { created: 250 } });
    expect(await live()).toEqual(ids());
  });

  test("that are deleted while they are read are marked, also when the list was to go on behind one of them", async () => {
    await using server = await peer();
    await connected(server.url);
    await run("customers");
    fault = (url) => {
      if (behind("cus_151")(url)) customers = customers.filter(({ id }) => id !== "cus_151" && id !== "cus_200");
      return false;
    };
    // Stripe knows nothing to start after any more (400); the next attempt begins anew.
    const started = await start("customers");
    await recover("customers");
    expect(await started.finished()).toMatchObject({ status: "succeeded" });
    // One was read before it was deleted: that it is gone is seen by the next run.
    await run("customers");
    expect(await live()).toEqual(ids());
    expect(await hub.sql`select id from stripe_customers where deleted_at is not null order by id`).toEqual([
      { id: "cus_151" },
      { id: "cus_200" },
    ]);
  });

  test("that come in while the list is read move nothing, and are brought by the next run", async () => {
    await using server = await peer();
    await connected(server.url);
    fault = (url) => {
      if (behind("cus_151")(url)) customers = [customer(251), ...customers];
      return false;
    };
    expect((await run("customers")).counters).toMatchObject({ extracted: 250, created: 250 });
    fault = well;
    expect((await run("customers")).counters).toMatchObject({ created: 1 });
    expect(await live()).toEqual(ids());
  });
});
