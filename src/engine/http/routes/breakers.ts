import { listBreakers } from "../../deliveries/gates/list-breakers.ts";
import type { Handlers } from "../route-handler.ts";

export const breakerRoutes: Pick<Handlers, "listBreakers" | "updateBreaker"> = {
  listBreakers: async ({ engine, principal, query }) => ({ items: await listBreakers(engine, principal, query) }),

  updateBreaker: async ({ engine, principal, params, query, body, requestId }) => {
    const { name: plug } = engine.registry.plug(params.plug).plug;
    const { tenant } = query;
    await engine.gates.breakers.switch({ plug, tenant, ...body, actor: principal, requestId });
    const [breaker] = await listBreakers(engine, principal, { plug, tenant });
    if (!breaker) throw new Error("a breaker that was switched is not there");
    return breaker;
  },
};
