import { listLimits } from "../../limits/read-limits.ts";
import type { Handlers } from "../route-handler.ts";

export const limitRoutes: Pick<Handlers, "listLimits"> = {
  listLimits: async ({ engine, query }) => ({ items: await listLimits(engine, query) }),
};
