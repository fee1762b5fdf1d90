import type { z } from "zod";
import type { AnyPlug } from "../plugs/index.ts";
import { buildFlow } from "./build-flow.ts";
import type { Flow } from "./flow.ts";
import { executionOf, type OutflowOptions } from "./flow-builder-options.ts";

/**
 * Send records of this database to a plug, on a schedule or when asked.
 *
 * @example
 * outflow({
 *   name: "stock-levels",
 *   plug: shop,
 *   schedule: "0,15,30,45 * * * *",
 *   run: async (ctx) => {
 *     const report = await ctx.plug.batchPost("/stock", await readStock(ctx.since));
 *     ctx.count({ updated: report.succeeded, failed: report.failures.length });
 *   },
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function outflow<B extends z.ZodType = z.ZodUnknown, P extends AnyPlug = AnyPlug>(
  options: OutflowOptions<B, P>,
): Flow {
  return buildFlow("outflow", options, null, executionOf(options));
}
