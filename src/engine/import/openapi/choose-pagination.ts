import type { Expression } from "../code/expression.ts";
import type { EndpointModel } from "../plug-file/plug-model.ts";

/**
 * The way most lists are handed out stands on the plug, others on their endpoints.
 *
 * @param guesses per endpoint; `undefined` for what is no list
 */
export function choosePagination(
  endpoints: readonly EndpointModel[],
  guesses: readonly (Expression | undefined)[],
): { readonly usual: Expression | undefined; readonly endpoints: readonly EndpointModel[] } {
  const counts = new Map<string, { readonly guess: Expression; count: number }>();
  for (const guess of guesses) {
    if (guess === undefined) continue;
    const known = counts.get(JSON.stringify(guess));
    if (known) known.count++;
    else counts.set(JSON.stringify(guess), { guess, count: 1 });
  }
  const [most] = [...counts.values()].sort(
    (a, b) => b.count - a.count || JSON.stringify(a.guess).length - JSON.stringify(b.guess).length,
  );
  const usual = most?.guess;
  return {
    usual,
    endpoints: endpoints.map((endpoint, index) => {
      const guess = guesses[index];
      const isUsual = guess === undefined || JSON.stringify(guess) === JSON.stringify(usual);
      return isUsual ? endpoint : { ...endpoint, pagination: guess };
    }),
  };
}
