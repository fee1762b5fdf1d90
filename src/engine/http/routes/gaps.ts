import { askRepair } from "../../wires/gaps/ask-repair.ts";
import { listGaps } from "../../wires/gaps/list-gaps.ts";
import type { Handlers } from "../route-handler.ts";

export const gapRoutes: Pick<Handlers, "listGaps" | "repairWire"> = {
  listGaps: ({ engine, principal, params, query }) => listGaps(engine, principal, { ...params, ...query }),

  repairWire: async ({ engine, runtime, principal, params, query, body, requestId }) => {
    const gap = await askRepair(engine, { ...params, ...query, ...body, actor: principal, requestId });
    runtime.repairGaps();
    return gap;
  },
};
