import { z } from "zod";
import { runHistogramSchema } from "../records/run-histogram.ts";
import { defineRoute } from "../route.ts";
import { runFilter } from "./runs.ts";

export const getRunHistogram = defineRoute({
  method: "get",
  path: "/runs/histogram",
  access: "viewer",
  tag: "Runs",
  summary: "Count runs over time, by status, under the list's filter",
  description:
    "`since` is a day before `until` and `until` is now, unless they are given. Up to 20,000 runs are counted one by one.",
  query: runFilter.extend({
    buckets: z.coerce.number().int().min(1).max(200).default(60).describe("How many at most, 1 to 200; default 60."),
  }),
  responses: { 200: { description: "One bucket after the other.", schema: runHistogramSchema } },
});
