import type { Facet, RunStatus } from "../../contract/index.ts";
import { RUN_STATUSES } from "../../contract/statuses.ts";

/** Counting ends here, see `GET /runs/facets`. */
const CAP = 10_000;

/**
 * What stands beside a value: "1,093", "~2,300" for a projection, "10k+" where counting ended.
 *
 * @returns `undefined` while the counts are on their way.
 */
export function facetCount(
  facets: readonly Facet[] | undefined,
  value: string,
  locale = "en",
): { readonly text: string; readonly none: boolean } | undefined {
  if (!facets) return undefined;
  const found = facets.find((facet) => facet.value === value);
  const count = found?.count ?? 0;
  const number = (n: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(n);
  if (found?.estimated && count >= CAP) return { text: `${number(CAP, { notation: "compact" })}+`, none: false };
  return { text: `${found?.estimated ? "~" : ""}${number(count)}`, none: count === 0 && !found?.estimated };
}

/** How many runs the whole filter finds: the sum over the statuses that it lets through. */
export function matchingRuns(
  facets: readonly Facet[] | undefined,
  statuses: readonly RunStatus[],
): { readonly count: number; readonly about: boolean } | undefined {
  if (!facets) return undefined;
  const wanted: readonly string[] = statuses.length > 0 ? statuses : RUN_STATUSES;
  const chosen = facets.filter(({ value }) => wanted.includes(value));
  return {
    count: chosen.reduce((sum, { count }) => sum + count, 0),
    about: chosen.some(({ estimated }) => estimated),
  };
}
