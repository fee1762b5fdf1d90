import { readSecrets } from "../../secrets/read-secrets.ts";
import { startReseal } from "../../secrets/start-reseal.ts";
import { requireAllTenants } from "../require-all-tenants.ts";
import type { Handlers } from "../route-handler.ts";

export const secretRoutes: Pick<Handlers, "getSecrets" | "resealSecrets"> = {
  getSecrets: ({ engine, principal }) => {
    requireAllTenants(principal);
    return readSecrets(engine);
  },

  resealSecrets: async ({ engine, principal, requestId, workId }) => {
    requireAllTenants(principal);
    const started = await startReseal(engine, { id: workId, actor: principal, requestId });
    return Response.json(started, { status: started.job ? 202 : 200 });
  },
};
