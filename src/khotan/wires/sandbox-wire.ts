import { PlugHttpError, standardWebhooks, wire } from "khotan";

/** A managed wire: connecting subscribes at the sandbox, disconnecting ends that. */
export const sandboxWire = wire({
  events: ["order.*", "product.*", "customer.*"],
  verify: standardWebhooks(),
  async onSubscribe(ctx) {
    const body = { url: ctx.callbackUrl, events: ctx.events };
    const subscription = await ctx.plug.post<{ id: string; secret: string }>("/webhooks", { body });
    await ctx.setWireVars({ webhookSecret: subscription.secret });
    return { remoteId: subscription.id };
  },
  async onUnsubscribe(ctx) {
    if (ctx.remoteId === null) return;
    try {
      await ctx.plug.delete("/webhooks/:id", { params: { id: ctx.remoteId } });
    } catch (error) {
      // Gone already is what we wanted.
      if (!(error instanceof PlugHttpError && error.status === 404)) throw error;
    }
  },
});
