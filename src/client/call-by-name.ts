import type { ApiName } from "../contract/index.ts";
import type { Client, InputFor, ResultFor } from "./call.ts";

/**
 * Call a route whose name is a type parameter. TypeScript cannot follow `client[name](input)` through a
 * union of 40 signatures; this is the one place that says so.
 */
export function callByName<N extends ApiName>(client: Client, name: N, input: InputFor<N>): Promise<ResultFor<N>> {
  const method = client[name] as unknown as (input: InputFor<N>) => Promise<ResultFor<N>>;
  return method(input);
}
