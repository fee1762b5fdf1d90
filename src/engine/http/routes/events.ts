import { DEFAULT_TENANT, encodeId } from "../../../contract/index.ts";
import { readDeliveries } from "../../deliveries/read-deliveries.ts";
import { createEvent } from "../../events/create-event.ts";
import { listEvents } from "../../events/list-events.ts";
import { listRejections } from "../../events/list-rejections.ts";
import { readEvent, readEventBody } from "../../events/read-event.ts";
import { replayEvent } from "../../events/replay-event.ts";
import { requireEvent } from "../../events/require-event.ts";
import { requireHandlerId } from "../../handlers/list-handlers.ts";
import { requireTenant } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const eventRoutes: Pick<
  Handlers,
  "listEvents" | "createEvent" | "getEvent" | "getEventRaw" | "replayEvent" | "listRejections"
> = {
  createEvent: async ({ engine, principal, body, requestId, work }) => {
    // Before anything is looked up, so that it does not tell which tenants there are.
    if (body.tenant !== undefined || body.resendOf === undefined)
      requireTenant(principal, body.tenant ?? DEFAULT_TENANT);
    const id = await createEvent(engine, { ...body, actor: principal, requestId, work });
    return await readEvent(engine, principal, encodeId("event", id));
  },

  listEvents: ({ engine, principal, query }) => listEvents(engine, principal, query),

  getEvent: ({ engine, principal, params }) => readEvent(engine, principal, params.id),

  getEventRaw: async ({ engine, principal, params }) =>
    new Response(await readEventBody(engine, principal, params.id), {
      headers: {
        // Never the sender's own type: what strangers send must not be run by a browser.
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename="${params.id}.bin"`,
      },
    }),

  replayEvent: async ({ engine, principal, params, body, requestId, work }) => {
    const eventId = await requireEvent(engine, principal, params.id);
    const handlerId = body.handlerId === undefined ? undefined : requireHandlerId(engine, body.handlerId);
    const { deliveryIds } = await replayEvent(engine, { eventId, handlerId, actor: principal, requestId, work });
    return { eventId: params.id, deliveries: await readDeliveries(engine, principal, { ids: deliveryIds }) };
  },

  listRejections: ({ engine, principal, query }) => listRejections(engine, principal, query),
};
