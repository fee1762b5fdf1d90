import { encodeId } from "../../../contract/index.ts";
import { listDeadLetters } from "../../deliveries/list-dead-letters.ts";
import { listDeliveries } from "../../deliveries/list-deliveries.ts";
import { readDelivery, requireDelivery } from "../../deliveries/read-deliveries.ts";
import { retryDelivery } from "../../deliveries/retry-delivery.ts";
import type { Handlers } from "../route-handler.ts";

export const deliveryRoutes: Pick<Handlers, "listDeliveries" | "listDeadLetters" | "getDelivery" | "retryDelivery"> = {
  listDeliveries: ({ engine, principal, query }) => listDeliveries(engine, principal, query),

  listDeadLetters: ({ engine, principal, query }) => listDeadLetters(engine, principal, query),

  getDelivery: ({ engine, principal, params }) => readDelivery(engine, principal, params.id),

  retryDelivery: async ({ engine, principal, params, requestId, work }) => {
    const deliveryId = await requireDelivery(engine, principal, params.id);
    const chosen = await retryDelivery(engine, { deliveryId, actor: principal, requestId, work });
    return await readDelivery(engine, principal, encodeId("delivery", chosen.deliveryId));
  },
};
