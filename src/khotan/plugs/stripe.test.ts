import Stripe from "stripe";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import { anyAddress } from "../../engine/plugs/testing/any-address.ts";
import { fakeClock } from "../../engine/plugs/testing/fake-clock.ts";
import { json, localServer, type SeenRequest } from "../../engine/plugs/testing/local-server.ts";
import { createNetworkGuard } from "../../engine/security/network-guard.ts";
import type { stripeCustomer, stripeInvoice } from "./stripe/stripe-records.ts";
import { stripe } from "./stripe.ts";

const KEY = "rk_test_123456789";
type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

const invoice = (n: number) => ({
  id: `in_${n}`,
  object: "invoice",
  number: n % 2 ? `A-${n}` : null,
  status: "open",
  customer: "cus_1",
  customer_email: null,
  amount_due: n * 100,
  currency: "eur",
  attempt_count: 0,
  hosted_invoice_url: null,
  created: 1_700_000_000 - n,
  lines: { object: "list", data: [] },
});

const problem = (status: number, error: object, headers?: Record<string, string>): Answer => [
  status,
  { error: { type: "invalid_request_error", ...error } },
  headers,
];

/** `?limit` and `?starting_after` as https://docs.stripe.com/api/pagination describes them. */
function page(url: URL, all: readonly { id: string }[]): Answer {
  const limit = Number(url.searchParams.get("limit") ?? 10);
  const after = url.searchParams.get("starting_after");
  const start = after === null ? 0 : all.findIndex((one) => one.id === after) + 1;
  const data = all.slice(start, start + limit);
  return [200, { object: "list", url: url.pathname, data, has_more: start + limit < all.length }];
}

/** A Stripe with a few invoices; `refuse` answers instead, while it has something to say. */
async function stripeApi(refuse: Answer[] = []) {
  const invoices = Array.from({ length: 23 }, (_each, n) => invoice(n + 1));
  const answer = (request: SeenRequest): Answer => {
    const url = new URL(request.url, "http://stripe.test");
    if (request.headers.authorization !== `Bearer ${KEY}`)
      return problem(401, { message: `Invalid API Key provided: ${request.headers.authorization?.slice(7)}` });
    const early = refuse.shift();
    if (early) return early;
    if (request.method === "POST") return [200, { id: "new" }];
    if (url.pathname === "/v1/invoices") return page(url, invoices);
    const found = invoices.find(({ id }) => url.pathname === `/v1/invoices/${id}`);
    if (found) return [200, found];
    if (url.pathname.startsWith("/v1/invoices/"))
      return problem(404, { code: "resource_missing", param: "invoice", message: "No such invoice: 'in_0'" });
    return [200, { object: "list", data: [], has_more: false }];
  };
  const server = await localServer((request, response) => json(response, ...answer(request)));
  const clock = fakeClock();
  const vars = { apiKey: KEY, baseUrl: `${server.url}/v1` };
  const bound = stripe.bind({ tenant: "t", vars, guard: anyAddress, clock, idempotencyKey: "run-1" });
  return { server, clock, vars, bound, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function idsOf(items: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

describe("stripe", () => {
  it("lists every invoice once, as Stripe's own client does", async () => {
    await using api = await stripeApi();
    const { hostname, port } = new URL(api.server.url);
    const official = new Stripe(KEY, { host: hostname, port, protocol: "http", telemetry: false });
    const theirs = await idsOf(official.invoices.list({ limit: 5 }));
    expect(theirs).toHaveLength(23);
    const asked = api.server.seen.length;
    expect(await idsOf(api.bound.callPaged("listInvoices", { query: { limit: 5 } }))).toEqual(theirs);
    expect(api.server.seen.slice(asked).map((each) => each.url)).toEqual([
      "/v1/invoices?limit=5",
      ...["in_5", "in_10", "in_15", "in_20"].map((id) => `/v1/invoices?limit=5&starting_after=${id}`),
    ]);
  });

  it("speaks the version that its schemas are checked against", async () => {
    await using api = await stripeApi();
    await api.bound.call("listCustomers");
    expect(api.server.seen[0]?.headers["stripe-version"]).toBe(Stripe.API_VERSION);
    type Known<S extends z.ZodObject> = Exclude<keyof S["shape"], "customer">;
    type Invoice = typeof stripeInvoice;
    expectTypeOf<Pick<Stripe.Invoice, Known<Invoice>>>().toExtend<Pick<z.input<Invoice>, Known<Invoice>>>();
    type Customer = typeof stripeCustomer;
    expectTypeOf<Pick<Stripe.Customer, Known<Customer>>>().toExtend<Pick<z.input<Customer>, Known<Customer>>>();
  });

  it("goes on where an earlier walk stopped", async () => {
    await using api = await stripeApi();
    const first = api.bound.callPaged("listInvoices", { query: { limit: 10 }, maxPages: 1 });
    expect(await first.all()).toHaveLength(10);
    const state = JSON.parse(JSON.stringify(first.state));
    const rest = api.bound.callPaged("listInvoices", { query: { limit: 10 }, state });
    expect((await rest.all()).map(({ id }) => id)).toEqual(Array.from({ length: 13 }, (_each, n) => `in_${n + 11}`));
  });

  it("writes lists and ranges the way Stripe reads them", async () => {
    await using api = await stripeApi();
    await api.bound.call("listEvents", {
      query: { types: ["invoice.paid", "invoice.voided"], created: { gte: 5 }, delivery_success: false },
    });
    expect(decodeURIComponent(api.server.seen[0]?.url ?? "")).toBe(
      "/v1/events?types[]=invoice.paid&types[]=invoice.voided&delivery_success=false&created[gte]=5&limit=100",
    );
  });

  it("gives a missing invoice as an answer, and a wrong key as an error that does not show it", async () => {
    await using api = await stripeApi();
    const found = await api.bound.call("getInvoice", { params: { id: "in_7" } });
    expect(found).toMatchObject({ status: 200, body: { amount_due: 700, lines: { object: "list" } } });
    const missing = await api.bound.call("getInvoice", { params: { id: "in_0" } });
    expect(missing).toMatchObject({ status: 404, body: { error: { code: "resource_missing" } } });
    const stranger = stripe.bind({ tenant: "t", vars: { ...api.vars, apiKey: "sk_live_wrong" }, guard: anyAddress });
    const error = await stranger.call("listInvoices").catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: "PlugHttpError",
      status: 401,
      message: /Invalid API Key provided: \[redacted\]/,
    });
    expect(JSON.stringify(error)).not.toContain("sk_live_wrong");
  });

  it("waits when there are too many calls", async () => {
    const tooMany = problem(429, { code: "rate_limit" }, { "stripe-rate-limited-reason": "endpoint-rate" });
    await using api = await stripeApi([tooMany, tooMany]);
    expect(await api.bound.call("getInvoice", { params: { id: "in_1" } })).toMatchObject({ status: 200 });
    expect(api.server.seen).toHaveLength(3);
    expect(api.clock.slept.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    { said: "false", status: 500, key: "run-1", calls: 1 },
    { said: "true", status: 500, key: "run-1", calls: 2 },
    { said: "true", status: 500, key: undefined, calls: 1 },
    { said: "true", status: 409, key: undefined, calls: 2 },
    { said: "true", status: 400, key: "run-1", calls: 1 },
  ])(
    "sends a POST $calls times: $status, Stripe-Should-Retry: $said, key $key",
    async ({ said, status, key, calls }) => {
      await using api = await stripeApi([problem(status, {}, { "stripe-should-retry": said })]);
      const bound = stripe.bind({
        tenant: "t",
        vars: api.vars,
        guard: anyAddress,
        clock: fakeClock(),
        idempotencyKey: key,
      });
      const outcome = await bound.request("POST", "/invoices/in_1/pay", { throwOnError: false });
      expect(outcome).toMatchObject({ status: calls === 2 ? 200 : status, attempts: calls });
      expect(api.server.seen).toHaveLength(calls);
    },
  );

  it("sends a run's POSTs with a key, the same again for each attempt", async () => {
    await using api = await stripeApi([problem(500, {})]);
    await api.bound.post("/customers", { form: { email: "ann@example.com" } });
    const [first, second] = api.server.seen.map((each) => each.headers["idempotency-key"]);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
  });

  it("is kept out of private networks, since a variable says where it is", async () => {
    await using api = await stripeApi();
    const guard = createNetworkGuard({ allow: "none" });
    await expect(stripe.bind({ tenant: "t", vars: api.vars, guard }).call("listInvoices")).rejects.toMatchObject({
      code: "network_blocked",
    });
    expect(api.server.seen).toHaveLength(0);
  });

  it("calls api.stripe.com unless told otherwise", () => {
    expect(stripe.resolveBaseUrl({ apiKey: KEY })).toBe("https://api.stripe.com/v1");
  });
});
