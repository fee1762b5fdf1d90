import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { delivery, deliveryList, newWebhook, type SandboxClient, sandboxClient } from "../testing/sandbox-client.ts";
import { startWebhookReceiver, verified, type WebhookReceiver } from "../testing/webhook-receiver.ts";

describe("webhooks", () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  const receivers: WebhookReceiver[] = [];

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, webhookTimeoutMs: 300, webhookRetryDelaysMs: [5, 5] });
    client = sandboxClient(sandbox.url);
  });
  afterEach(async () => {
    await sandbox.stop();
    await Promise.all(receivers.splice(0).map((one) => one.close()));
  });

  const receiver = async (answer?: Parameters<typeof startWebhookReceiver>[0]) => {
    const started = await startWebhookReceiver(answer);
    receivers.push(started);
    return started;
  };
  const subscribe = async (url: string, events?: string[]) =>
    newWebhook.parse(await (await client.send("POST", "/webhooks", { url, events })).json());
  const deliveries = (id: string, query = "") => client.read(`/webhooks/${id}/deliveries${query}`, deliveryList);
  const emit = (body: object) => client.send("POST", "/emit", body);

  it("a change in the store reaches the subscriber, signed so that the official package accepts it", async () => {
    const hook = await receiver();
    const { secret } = await subscribe(hook.url, ["product.updated"]);
    await client.send("PATCH", "/products/prd_000003", { stock: 123_456 });
    const [call] = await hook.waitFor(1);
    if (!call) throw new Error("No call");
    expect(verified(secret, call)).toMatchObject({
      type: "product.updated",
      data: { id: "prd_000003", stock: 123_456 },
    });
    expect(() => verified(secret, { ...call, body: call.body.replace("123456", "1") })).toThrow();
    expect(() => verified(`whsec_${Buffer.alloc(24).toString("base64")}`, call)).toThrow();
  });

  it("names each change by what happened, and sends only what was asked for", async () => {
    const [all, orders] = [await receiver(), await receiver()];
    const { secret } = await subscribe(all.url);
    await subscribe(orders.url, ["order.*"]);
    const lines = [{ productId: "prd_000001" }];
    await client.send("POST", "/orders", { customerId: "cus_000001", lines });
    await client.send("PATCH", "/orders/ord_000241", { note: "ring twice" });
    await client.send("PATCH", "/orders/ord_000241", { status: "paid" });
    await client.send("PATCH", "/customers/cus_000002", { note: "called" });
    await client.call("/products/prd_000009", { method: "DELETE" });
    await sandbox.dispatcher.settled();
    const types = all.calls.map((call) => verified(secret, call).type);
    expect(types.toSorted()).toEqual([
      "customer.updated",
      "order.created",
      "order.paid",
      "order.updated",
      "product.deleted",
    ]);
    expect(orders.calls).toHaveLength(3);
  });

  it("POST /emit makes n things happen and says what and how many webhooks", async () => {
    const hook = await receiver();
    const { secret } = await subscribe(hook.url, ["order.created"]);
    const answer = await emit({ type: "order.created", count: 40 });
    expect(answer.status).toBe(202);
    const body = z.object({ emitted: z.array(z.object({ id: z.string(), subject: z.string() })), deliveries: z.int() });
    const { emitted, deliveries: opened } = body.parse(await answer.json());
    expect([emitted.length, opened]).toEqual([40, 40]);
    await hook.waitFor(40);
    expect(new Set(hook.calls.map(({ headers }) => headers["webhook-id"]))).toEqual(
      new Set(emitted.map(({ id }) => id)),
    );
    for (const call of hook.calls)
      expect((await client.call(`/orders/${verified(secret, call).data.id}`)).status).toBe(200);
  });

  it("every event type can be emitted", async () => {
    const types = z.object({ data: z.array(z.string()) });
    for (const type of (await client.read("/events/types", types)).data) {
      const emitted = z.object({ emitted: z.array(z.object({ type: z.string() })) });
      const answer = emitted.parse(await (await emit({ type })).json());
      expect(answer.emitted.at(-1)?.type).toBe(type);
    }
    expect((await emit({ type: "order.eaten" })).status).toBe(422);
  });

  it("tries again after a failure, with the same webhook-id, and stops at the first 2xx", async () => {
    const hook = await receiver((response, call) => response.writeHead(call === 1 ? 500 : 204).end());
    const { id, secret } = await subscribe(hook.url);
    await emit({});
    await sandbox.dispatcher.settled();
    expect(hook.calls).toHaveLength(2);
    for (const call of hook.calls) verified(secret, call);
    expect(new Set(hook.calls.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect((await deliveries(id)).data).toMatchObject([
      { status: "delivered", attempts: [{ status: 500 }, { status: 204, error: null }] },
    ]);
  });

  it("gives up after the last try, lists the failure with its reasons, and sends it again when asked", async () => {
    let well = false;
    const hook = await receiver((response, call) => {
      if (well) response.writeHead(200).end("ok");
      else if (call === 1) response.writeHead(302, { location: "/elsewhere" }).end();
      else if (call === 2) response.destroy();
      // The third call gets no answer at all.
    });
    const { id } = await subscribe(hook.url);
    await emit({});
    await sandbox.dispatcher.settled();
    const [failed] = (await deliveries(id, "?status=failed")).data;
    expect(failed).toMatchObject({ status: "failed", nextAttemptAt: null });
    expect(failed?.attempts.map(({ status }) => status)).toEqual([302, null, null]);
    expect(failed?.attempts[2]?.error).toBe("No answer within 300 ms");

    well = true;
    const again = await client.call(`/webhooks/${id}/deliveries/${failed?.id}/redeliver`, { method: "POST" });
    expect(again.status).toBe(202);
    expect(delivery.parse(await again.json())).toMatchObject({
      redeliveryOf: failed?.id,
      messageId: failed?.messageId,
    });
    await sandbox.dispatcher.settled();
    expect(hook.calls.at(-1)?.headers["webhook-id"]).toBe(failed?.messageId);
    expect((await deliveries(id, "?status=delivered")).data).toHaveLength(1);
    expect((await deliveries(id, "?status=failed")).data).toHaveLength(1);
  });

  it("after a rotation both secrets verify, after a second one the first no longer does", async () => {
    const hook = await receiver();
    const { id, secret: first } = await subscribe(hook.url);
    const rotate = async () =>
      newWebhook.parse(await (await client.call(`/webhooks/${id}/rotate-secret`, { method: "POST" })).json()).secret;
    const second = await rotate();
    await emit({});
    const [call] = await hook.waitFor(1);
    if (!call) throw new Error("No call");
    verified(first, call);
    verified(second, call);
    await rotate();
    await emit({});
    const [, later] = await hook.waitFor(2);
    if (!later) throw new Error("No call");
    expect(() => verified(first, later)).toThrow();
    verified(second, later);
  });

  it("sends nothing after unsubscribing and shows the secret only once", async () => {
    const hook = await receiver();
    const { id, secret } = await subscribe(hook.url);
    const list = await (await client.call("/webhooks")).text();
    expect(list).toContain(id);
    expect(list).not.toContain(secret);
    expect((await client.call(`/webhooks/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await client.call(`/webhooks/${id}`, { method: "DELETE" })).status).toBe(404);
    expect(await (await emit({})).json()).toMatchObject({ deliveries: 0 });
    expect(hook.calls).toHaveLength(0);
  });

  it("refuses unknown event types and URLs that are not http", async () => {
    for (const url of ["ftp://x.example/", "http://user:password@127.0.0.1/", "hook"])
      expect((await client.send("POST", "/webhooks", { url })).status).toBe(422);
    const unknown = await client.send("POST", "/webhooks", { url: "http://127.0.0.1:1/", events: ["order.eaten"] });
    expect(unknown.status).toBe(422);
    expect(await unknown.text()).toContain("order.eaten");
  });

  it("can lose, repeat and mis-sign messages; what was lost is in the log and among the events", async () => {
    const hook = await receiver();
    const { id, secret } = await subscribe(hook.url);
    await client.control({ loseNextWebhooks: 1 });
    await emit({ type: "product.updated" });
    expect((await deliveries(id, "?status=failed")).data).toMatchObject([{ type: "product.updated" }]);
    expect(hook.calls).toHaveLength(0);
    await client.control({ repeatNextWebhooks: 1 });
    await emit({ type: "customer.updated" });
    await sandbox.dispatcher.settled();
    expect(hook.calls).toHaveLength(2);
    expect(hook.calls[0]?.headers["webhook-id"]).toBe(hook.calls[1]?.headers["webhook-id"]);
    await client.control({ tamperNextWebhooks: 1 });
    await emit({ type: "order.created" });
    const [, , tampered] = await hook.waitFor(3);
    expect(() => tampered && verified(secret, tampered)).toThrow();
    const log = await client.read("/events?limit=10", z.object({ data: z.array(z.object({ type: z.string() })) }));
    expect(log.data.map(({ type }) => type)).toEqual(["product.updated", "customer.updated", "order.created"]);
  });
});
