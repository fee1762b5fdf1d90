import { createPlugClient, pagination, standardWebhooks, wire } from "khotan";
import { sandboxEvent } from "../plugs/sandbox/event-endpoints.ts";
import { sandboxContract } from "../plugs/sandbox/sandbox-contract.ts";

/** A managed wire: connecting subscribes at the sandbox, disconnecting ends that. */
export const sandboxWire = wire({
  events: ["order.*", "product.*", "customer.*"],
  verify: standardWebhooks(),
  async onSubscribe(ctx) {
    const sandbox = createPlugClient(sandboxContract, ctx.plug);
    const { body } = await sandbox.createWebhook({ body: { url: ctx.callbackUrl, events: [...ctx.events] } });
    await ctx.setWireVars({ webhookSecret: body.secret });
    return { remoteId: body.id };
  },
  async onUnsubscribe(ctx) {
    if (ctx.remoteId === null) return;
    // 404 is a declared answer: gone already is what we wanted.
    await createPlugClient(sandboxContract, ctx.plug).deleteWebhook({ params: { id: ctx.remoteId } });
  },
  async *listMissed(ctx, since) {
    const query = { since: since.toISOString(), limit: 100 };
    const options = { query, pagination: pagination.startingAfter() };
    // All that happened, delivered or not: what is here already is passed over.
    for await (const item of ctx.plug.paginate("/events", options)) {
      const { id, ...event } = sandboxEvent.parse(item);
      yield { headers: { "webhook-id": id }, body: event, occurredAt: new Date(event.timestamp) };
    }
  },
});
