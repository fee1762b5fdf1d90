import type { z } from "zod";
import type { AnyPlug } from "../plugs/index.ts";
import { buildFlow } from "./build-flow.ts";
import type { Flow } from "./flow.ts";
import { executionOf, type RelayOptions } from "./flow-builder-options.ts";

/**
 * Move records from one plug to another: `ctx.plug` is the one it is registered on, `ctx.destPlug` the destination.
 *
 * @example
 * relay({
 *   name: "orders-to-warehouse",
 *   plug: shop,
 *   destination: warehouse,
 *   schedule: "0 6 * * 1-5",
 *   run: async (ctx) => {
 *     for await (const order of ctx.plug.paginate<Order>("/orders")) {
 *       await ctx.destPlug.post("/shipments", { body: toShipment(order) });
 *       ctx.count("created");
 *     }
 *   },
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function relay<B extends z.ZodType = z.ZodUnknown, P extends AnyPlug = AnyPlug, D extends AnyPlug = AnyPlug>(
  options: RelayOptions<B, P, D>,
): Flow {
  return buildFlow("relay", options, options.destination, executionOf(options));
}
