import type { z } from "zod";
import type { AnyPlug } from "../plugs/index.ts";
import { buildFlow } from "./build-flow.ts";
import type { Flow } from "./flow.ts";
import { executionOf, type InflowOptions } from "./flow-builder-options.ts";

/**
 * Bring records of a plug into this database, on a schedule or when asked.
 *
 * @example
 * inflow({
 *   name: "orders",
 *   plug: shop,
 *   schedule: "0 * * * *",
 *   timeZone: "Europe/Berlin",
 *   run: async (ctx) => {
 *     const from = await ctx.cursor.get<string>();
 *     for await (const page of ctx.plug.paginate<Order>("/orders", { query: { from } }).pages()) {
 *       await ctx.transaction(async (tx) => {
 *         await tx.insert(orders).values(page.items).onConflictDoNothing();
 *         await ctx.cursor.set(page.items.at(-1)?.id);
 *         ctx.count("created", page.items.length);
 *       });
 *     }
 *   },
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function inflow<B extends z.ZodType = z.ZodUnknown, P extends AnyPlug = AnyPlug>(
  options: InflowOptions<B, P>,
): Flow {
  return buildFlow("inflow", options, null, executionOf(options));
}
