import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { receiveWebhook } from "../../engine/events/receive-webhook.ts";
import { stripeSignature } from "../../engine/index.ts";
import { json, localServer } from "../../engine/plugs/testing/local-server.ts";
import { connectWire } from "../../engine/wires/connect-wire.ts";
import { slack } from "../plugs/slack.ts";
import { stripe } from "../plugs/stripe.ts";
import { stripeWire } from "../wires/stripe-wire.ts";
import { paymentFailedToSlack } from "./payment-failed-to-slack.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = "whsec_0123456789abcdef0123456789abcdef";

const invoice = {
  id: "in_1",
  object: "invoice",
  number: "A-17",
  amount_due: 1250,
  currency: "eur",
  customer_email: "ann@example.com",
  attempt_count: 2,
};

let database: TestDatabase;
let hub: TestHub;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

/** A hub whose Slack is at this address, and an event that Stripe sent and signed. */
async function failPayment(slackUrl: string): Promise<void> {
  hub = createTestHub(database.url, {
    plugs: [{ plug: stripe, wires: [stripeWire], passes: [paymentFailedToSlack] }, { plug: slack }],
  });
  await hub.runtime.ready();
  const patch = { botToken: "xoxb-123456", channel: "#billing", baseUrl: slackUrl };
  await hub.engine.connectionVars.write({
    plug: "slack",
    tenant: "default",
    fields: slack.fields,
    patch,
    actor: admin,
  });
  await connectWire(hub.engine, {
    plug: "stripe",
    tenant: "default",
    vars: { webhookSecret: SECRET },
    origin: "http://hub.test",
    actor: admin,
  });
  await hub.runtime.start();
  const event = { id: "evt_1", object: "event", type: "invoice.payment_failed", data: { object: invoice } };
  const request = {
    method: "POST",
    url: "http://hub.test/webhook/stripe",
    headers: { "content-type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify(event)),
  };
  const signed = stripeSignature().sign?.(request, SECRET);
  if (!signed) throw new Error("the scheme cannot sign");
  const path = "/webhook/stripe";
  const verdict = await receiveWebhook(hub.engine, hub.runtime.receiver, {
    plug: "stripe",
    tenant: "default",
    path,
    ...signed,
  });
  expect(verdict).toMatchObject({ kind: "accepted", deliveries: 1 });
}

const delivery = () =>
  eventually(
    async () => (await hub.sql`select status, attempts, last_error from khotan_deliveries`)[0],
    (row) => row !== undefined && !["pending", "running"].includes(row.status),
  );

describe("a failed payment", () => {
  test("is told to the channel, once", async () => {
    await using server = await localServer((_request, response) =>
      json(response, 200, { ok: true, channel: "C1", ts: "1.1" }),
    );
    await failPayment(`${server.url}/api`);
    expect(await delivery()).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(server.seen).toHaveLength(1);
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      channel: "#billing",
      text: "Payment of 12.50 EUR by ann@example.com failed (attempt 2): invoice A-17.",
    });
  });

  test("is not told again and again to a channel that is not there", async () => {
    await using server = await localServer((_request, response) =>
      json(response, 200, { ok: false, error: "channel_not_found" }),
    );
    await failPayment(server.url);
    expect(await delivery()).toMatchObject({
      status: "dead",
      attempts: 1,
      last_error: {
        code: "slack.channel_not_found",
        message: "Slack has no channel #billing.",
        hint: expect.stringContaining("Then retry."),
        retryable: false,
      },
    });
    expect(server.seen).toHaveLength(1);
  });

  test("is told later when Slack has a problem of its own", async () => {
    await using server = await localServer((_request, response) =>
      json(response, 200, { ok: false, error: "internal_error" }),
    );
    await failPayment(server.url);
    expect(await delivery()).toMatchObject({ status: "failed", last_error: { code: "slack.internal_error" } });
    expect(server.seen).toHaveLength(1);
  });
});
