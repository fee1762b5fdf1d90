import { connectWire } from "../../wires/connect-wire.ts";
import { disconnectWire } from "../../wires/disconnect-wire.ts";
import { listWires } from "../../wires/list-wires.ts";
import { readWire } from "../../wires/read-wire.ts";
import { renewWire } from "../../wires/renew-wire.ts";
import type { Handlers } from "../route-handler.ts";

export const wireRoutes: Pick<Handlers, "listWires" | "getWire" | "connectWire" | "renewWire" | "disconnectWire"> = {
  listWires: async ({ engine, query, origin }) => {
    if (query.plug) engine.registry.plug(query.plug);
    return { items: await listWires(engine, { ...query, origin }) };
  },

  getWire: ({ engine, params, query, origin }) => readWire(engine, params.plug, query.tenant, origin),

  connectWire: ({ engine, principal, params, query, body, origin, requestId }) =>
    connectWire(engine, { ...params, ...query, ...body, origin, actor: principal, requestId }),

  renewWire: ({ engine, principal, params, query, origin, requestId }) =>
    renewWire(engine, { ...params, ...query, origin, actor: principal, requestId }),

  disconnectWire: ({ engine, principal, params, query, origin, requestId }) =>
    disconnectWire(engine, { ...params, ...query, origin, actor: principal, requestId }),
};
