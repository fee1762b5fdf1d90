import type { PlugClient } from "../plug-client.ts";
import type { VarDefinition } from "../vars/var-definition.ts";
import type { VarValues } from "../vars/var-values.ts";
import type { PlugContract } from "./define-contract.ts";
import type { EndpointMap } from "./endpoint-definition.ts";
import type { EndpointAnswer, EndpointArguments } from "./endpoint-input.ts";

/** A method per endpoint of a contract. */
export type ContractClient<Endpoints extends EndpointMap, Values> = {
  readonly [Name in keyof Endpoints]: (
    ...args: EndpointArguments<Endpoints[Name], Values>
  ) => Promise<EndpointAnswer<Endpoints[Name]>>;
};

/** What `createPlugClient` needs of a plug: `Plug` and `BoundPlug` both fit. */
type EndpointCaller<Vars extends readonly VarDefinition[]> = Pick<PlugClient<Vars, EndpointMap>, "callEndpoint"> & {
  readonly $vars?: Vars;
};

/**
 * A typed client for a contract over a plug: the plug's base URL, credentials, retries and limits; the contract's shapes.
 *
 * @example const client = createPlugClient(shopContract, shop.bind({ tenant: "default", vars }));
 */
export function createPlugClient<const Endpoints extends EndpointMap, const Vars extends readonly VarDefinition[]>(
  contract: PlugContract<Endpoints>,
  plug: EndpointCaller<Vars>,
): ContractClient<Endpoints, VarValues<Vars>> {
  const client = Object.fromEntries(
    Object.entries(contract.endpoints).map(([name, endpoint]) => [
      name,
      (...args: EndpointArguments<typeof endpoint, VarValues<Vars>>) => plug.callEndpoint(endpoint, args[0], name),
    ]),
  );
  // One method per key of the contract, each over that key's endpoint: fromEntries forgets which is which.
  return client as unknown as ContractClient<Endpoints, VarValues<Vars>>;
}
