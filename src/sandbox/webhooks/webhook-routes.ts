import { Hono } from "hono";
import { z } from "zod";
import { ApiProblem, jsonBody, parsed } from "../http/api-problem.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import { pageSize, query } from "../paging/list-query.ts";
import { DELIVERY_STATUSES, type WebhookDelivery } from "./delivery-log.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { MAX_SUBSCRIPTIONS, type Subscription, type Subscriptions, subscriptionCreate } from "./subscriptions.ts";

const deliveryQuery = z.object({
  status: z.enum(DELIVERY_STATUSES).optional(),
  /** Opened at or after this time. */
  since: z.iso.datetime({ offset: true }).optional(),
  starting_after: z.string().optional(),
  limit: pageSize,
});

/** A subscription as it is shown: the secret leaves only when it is made. */
const shown = ({ secrets: _, ...rest }: Subscription) => rest;

const summary = ({ event, ...rest }: WebhookDelivery) => ({ ...rest, messageId: event.id, type: event.type });

/** `/webhooks`: subscribe, list, unsubscribe, rotate the secret; delivery log and redelivery. */
export function webhookRoutes(
  subscriptions: Subscriptions,
  dispatcher: Dispatcher,
  onChange: () => void,
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const need = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new ApiProblem(404, "not_found", `There is no such ${what}.`);
    return value;
  };

  app.get("/", (c) => c.json({ data: subscriptions.list().map(shown) }));
  app.post("/", (c) => {
    const added = subscriptions.add(parsed(subscriptionCreate, jsonBody(c)));
    if (!added)
      throw new ApiProblem(409, "too_many", `There are ${MAX_SUBSCRIPTIONS} subscriptions already; delete one.`);
    onChange();
    return c.json({ ...shown(added), secret: added.secrets[0] }, 201, { location: `/webhooks/${added.id}` });
  });
  app.get("/:id", (c) => c.json(shown(need(subscriptions.get(c.req.param("id")), "webhook"))));
  app.post("/:id/rotate-secret", (c) => {
    const rotated = need(subscriptions.rotate(c.req.param("id")), "webhook");
    return c.json({ ...shown(rotated), secret: rotated.secrets[0] });
  });
  app.delete("/:id", (c) => {
    const id = c.req.param("id");
    if (!subscriptions.remove(id)) need(undefined, "webhook");
    dispatcher.forget(id);
    onChange();
    return c.body(null, 204);
  });

  app.get("/:id/deliveries", (c) => {
    const id = need(subscriptions.get(c.req.param("id")), "webhook").id;
    const { status, since, starting_after: startingAfter, limit } = query(c, deliveryQuery);
    const from = since === undefined ? "" : new Date(since).toISOString();
    const all = dispatcher.log.list(id);
    const start = startingAfter === undefined ? 0 : all.findIndex((one) => one.id === startingAfter) + 1;
    if (startingAfter !== undefined && start === 0)
      throw new ApiProblem(400, "invalid_cursor", "There is no such delivery to start after.");
    const matching = all.slice(start).filter((one) => (status ? one.status === status : true) && one.createdAt >= from);
    return c.json({ data: matching.slice(0, limit).map(summary), has_more: matching.length > limit });
  });
  app.get("/:id/deliveries/:delivery", (c) => {
    const delivery = need(dispatcher.log.get(c.req.param("id"), c.req.param("delivery")), "delivery");
    return c.json({ ...summary(delivery), event: delivery.event });
  });
  app.post("/:id/deliveries/:delivery/redeliver", (c) => {
    const again = need(dispatcher.redeliver(c.req.param("id"), c.req.param("delivery")), "delivery");
    return c.json(summary(again), 202);
  });
  return app;
}
