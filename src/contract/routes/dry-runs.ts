import { z } from "zod";
import { dryRunSchema, runDiffSchema } from "../records/run-diff.ts";
import { defineRoute } from "../route.ts";

const idParams = z.object({ id: z.string() });
const description =
  "Runs the handler once more on the same event, in this process, at most 60 s. Calls of plugs are recorded and not sent: each is answered as it was the first time, or with an empty success. `ctx.transaction` is rolled back and variables are not stored. Workflow handlers are refused.";
const responses = { 200: { description: "The dry run, and what it would send.", schema: dryRunSchema } } as const;

export const dryRunDelivery = defineRoute({
  method: "post",
  path: "/deliveries/{id}/dry-run",
  access: "operator",
  tag: "Deliveries",
  summary: "See what a delivery's handler would send now",
  description,
  params: idParams,
  responses,
});

export const dryRunRun = defineRoute({
  method: "post",
  path: "/runs/{id}/dry-run",
  access: "operator",
  tag: "Runs",
  summary: "See what a run's handler would send now",
  description,
  params: idParams,
  responses,
});

export const getRunDiff = defineRoute({
  method: "get",
  path: "/runs/{id}/diff",
  access: "operator",
  tag: "Runs",
  summary: "Compare the calls of two runs",
  params: idParams,
  query: z.object({
    against: z.string().optional().describe("Another run's id. Default: the run that this one repeats."),
  }),
  responses: { 200: { description: "Call by call.", schema: runDiffSchema } },
});
