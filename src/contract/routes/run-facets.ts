import { runFacetsSchema } from "../records/run-facets.ts";
import { defineRoute } from "../route.ts";
import { runFilter } from "./runs.ts";

export const getRunFacets = defineRoute({
  method: "get",
  path: "/runs/facets",
  access: "viewer",
  tag: "Runs",
  summary: "Count runs by status, kind, source, plug, tenant, handler and flow",
  description:
    "Each field is counted under all filters but its own: what choosing another value would find. Counting ends at 10,000 a value.",
  query: runFilter,
  responses: { 200: { description: "Counts by field.", schema: runFacetsSchema } },
});
