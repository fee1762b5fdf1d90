import { listDebugPlugs, readDebugPlug } from "../../debug/read-debug-plugs.ts";
import { deleteSavedRequest, listSavedRequests, saveRequest } from "../../debug/saved-requests.ts";
import { sendDebug } from "../../debug/send-debug.ts";
import { requireTenant } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const debugRoutes: Pick<
  Handlers,
  "listDebugPlugs" | "getDebugPlug" | "sendDebug" | "listSavedRequests" | "saveRequest" | "deleteSavedRequest"
> = {
  listDebugPlugs: async ({ engine, query }) => ({ items: await listDebugPlugs(engine, query.tenant) }),

  getDebugPlug: ({ engine, params, query }) => readDebugPlug(engine, params.plug, query.tenant),

  sendDebug: ({ engine, principal, params, query, body, requestId, request }) => {
    const tenant = body.tenant ?? query.tenant;
    requireTenant(principal, tenant);
    const { signal } = request;
    return sendDebug(engine, { plug: params.plug, tenant, send: body, actor: principal, requestId, signal });
  },

  listSavedRequests: async ({ engine, principal, params }) => ({
    items: await listSavedRequests(engine, principal, params.plug),
  }),

  saveRequest: ({ engine, principal, params, body }) => {
    if (body.request.tenant !== undefined) requireTenant(principal, body.request.tenant);
    return saveRequest(engine, principal, { plug: params.plug, ...body });
  },

  deleteSavedRequest: ({ engine, principal, params }) => deleteSavedRequest(engine, principal, params),
};
