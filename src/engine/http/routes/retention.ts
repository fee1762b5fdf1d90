import { readRetention } from "../../retention/read-retention.ts";
import { readStorage } from "../../retention/read-storage.ts";
import { setRetention } from "../../retention/set-retention.ts";
import { requireAllTenants } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const retentionRoutes: Pick<Handlers, "getStorage" | "getRetention" | "updateRetention"> = {
  getStorage: ({ engine }) => readStorage(engine),

  getRetention: ({ engine }) => readRetention(engine),

  updateRetention: ({ engine, principal, body, requestId }) => {
    requireAllTenants(principal);
    return setRetention(engine, { patch: body, actor: principal, requestId });
  },
};
