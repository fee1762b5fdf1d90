import { acceptDrift } from "../../sync/drift/accept-drift.ts";
import { listDrifts } from "../../sync/drift/list-drifts.ts";
import type { Handlers } from "../route-handler.ts";

export const driftRoutes: Pick<Handlers, "listDrifts" | "acceptDrift"> = {
  listDrifts: ({ engine, principal, query }) => listDrifts(engine, principal, query),

  acceptDrift: ({ engine, principal, params, requestId }) =>
    acceptDrift(engine, params.id, { actor: principal, requestId }),
};
