import { z } from "zod";
import { tenantSchema, timeSchema } from "../page.ts";
import { ROLLUP_STEPS, seriesListSchema, seriesSchema, totalsSchema } from "../records/rollup.ts";
import { defineRoute } from "../route.ts";
import { ROLLUP_SUBJECTS } from "../statuses.ts";

const chosen = z.object({
  subject: z.enum(ROLLUP_SUBJECTS).describe("`wire`: what came in for a plug; `exchange`: what it called."),
  key: z.string().max(200).optional().describe("A handler's or flow's id, else a plug's name. Left out: all together."),
  tenant: tenantSchema.optional(),
  since: timeSchema.optional().describe("Default: one hour before `until`."),
  until: timeSchema.optional().describe("Default: now."),
});

export const getSeries = defineRoute({
  method: "get",
  path: "/rollups",
  access: "viewer",
  tag: "Figures",
  summary: "Read figures over time, for a chart",
  description:
    "Kept by the minute for 7 days and by the hour for a year, unless retention says otherwise. At most 2,000 steps.",
  query: chosen.extend({ step: z.enum(ROLLUP_STEPS).default("minute") }),
  responses: { 200: { description: "One bucket a step.", schema: seriesSchema } },
});

export const listSeries = defineRoute({
  method: "get",
  path: "/rollups/series",
  access: "viewer",
  tag: "Figures",
  summary: "Read figures over time of each handler, flow or plug, for many small charts",
  description:
    "The 200 busiest that had anything to do, tenants together; at most 100 steps, those in which nothing happened too.",
  query: chosen.extend({ step: z.enum(ROLLUP_STEPS).default("hour") }),
  responses: { 200: { description: "One row of buckets each.", schema: seriesListSchema } },
});

export const listTotals = defineRoute({
  method: "get",
  path: "/rollups/totals",
  access: "viewer",
  tag: "Figures",
  summary: "Read figures of a time, by handler, flow or plug",
  description:
    "One entry for each that had something to do or has something waiting, for each tenant; the busiest 5,000.",
  query: chosen,
  responses: { 200: { description: "The figures.", schema: z.object({ items: z.array(totalsSchema) }) } },
});
