import { KhotanError } from "../../errors.ts";
import { listHandlers, requireHandlerId } from "../../handlers/list-handlers.ts";
import { switchHandler } from "../../handlers/switch-handler.ts";
import { listPlugs } from "../../registry/list-plugs.ts";
import { readPlug } from "../../registry/read-plug.ts";
import { switchPlug } from "../../registry/switch-plug.ts";
import { requireAllTenants } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const plugRoutes: Pick<Handlers, "listPlugs" | "getPlug" | "updatePlug" | "listHandlers" | "updateHandler"> = {
  listPlugs: async ({ engine, principal, query }) => ({ items: await listPlugs(engine, principal, query) }),

  getPlug: ({ engine, principal, params, query }) => readPlug(engine, principal, params.plug, query.tenant),

  updatePlug: async ({ engine, principal, params, query, body, requestId }) => {
    engine.registry.plug(params.plug);
    requireAllTenants(principal);
    await switchPlug(engine, { plug: params.plug, enabled: body.enabled, actor: principal, requestId });
    return await readPlug(engine, principal, params.plug, query.tenant);
  },

  listHandlers: async ({ engine, principal, query }) => {
    if (query.plug) engine.registry.plug(query.plug);
    return { items: await listHandlers(engine, principal, query) };
  },

  updateHandler: async ({ engine, principal, params, body, requestId }) => {
    const handlerId = requireHandlerId(engine, params.id);
    requireAllTenants(principal);
    await switchHandler(engine, { handlerId, ...body, actor: principal, requestId });
    const [handler] = await listHandlers(engine, principal, { id: handlerId });
    if (handler) return handler;
    throw new KhotanError("not_found", `There is no handler "${params.id}".`);
  },
};
