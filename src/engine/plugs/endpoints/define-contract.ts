import { PlugConfigError } from "../errors/plug-config-error.ts";
import { checkEndpoints } from "./check-endpoints.ts";
import type { CheckedEndpoints, EndpointMap } from "./endpoint-definition.ts";

/** The declared operations of an API, apart from any plug: to share between plugs, packages and tests. */
export interface PlugContract<Endpoints extends EndpointMap = EndpointMap> {
  readonly endpoints: Endpoints;
}

/**
 * Declare the operations of an API once.
 *
 * @example
 * const shop = defineContract({
 *   getOrder: { method: "GET", path: "/orders/:id", params: z.object({ id: z.string() }), responses: { 200: Order } },
 * });
 * const client = createPlugClient(shop, ctx.plug);
 * const answer = await client.getOrder({ params: { id: "1" } }); // { status: 200, body: Order, headers }
 *
 * @throws PlugConfigError `plug_invalid` with the path of each mistake
 */
export function defineContract<const Endpoints extends EndpointMap>(
  endpoints: Endpoints & CheckedEndpoints<NoInfer<Endpoints>>,
): PlugContract<Endpoints> {
  const issues = checkEndpoints(endpoints);
  if (issues.length > 0) {
    throw new PlugConfigError({
      code: "plug_invalid",
      plug: null,
      message: `the contract is not valid:\n${issues.map((issue) => `  ${issue.path}: ${issue.message}`).join("\n")}`,
      hint: "Correct these places in the contract.",
      issues,
    });
  }
  return Object.freeze({ endpoints });
}
