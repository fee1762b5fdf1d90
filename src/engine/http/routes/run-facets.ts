import { readRunFacets } from "../../runs/read-run-facets.ts";
import type { Handlers } from "../route-handler.ts";

export const runFacetRoutes: Pick<Handlers, "getRunFacets"> = {
  getRunFacets: ({ engine, principal, query }) => readRunFacets(engine, principal, query),
};
