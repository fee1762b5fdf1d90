import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { KhotanApiError, ResultFor } from "../../../client/index.ts";
import { useHub } from "../../config.tsx";
import { useLiveFigures } from "../../data/use-live-figures.ts";
import { type RunFilters, toRunQuery } from "../run-filters.ts";
import { chartSpan } from "./chart-span.ts";

export const BUCKETS = 96;

/** Runs over time under the list's filters; its range does not cut the chart, it is brushed in it. */
export function useRunHistogram(filters: RunFilters) {
  const { client } = useHub();
  const { since, until, ...others } = filters;
  const query = useQuery<ResultFor<"getRunHistogram"> & { readonly now: number }, KhotanApiError>({
    queryKey: ["getRunHistogram", others, chartReach(filters)],
    queryFn: async ({ signal }) => {
      const now = Date.now();
      const span = chartSpan({ since, until }, now);
      const answer = await client.getRunHistogram({
        query: {
          ...toRunQuery({ ...filters, since: null, until: null }, now),
          since: new Date(span.from).toISOString(),
          until: new Date(span.to).toISOString(),
          buckets: BUCKETS,
        },
        signal,
      });
      return { ...answer, now };
    },
    placeholderData: keepPreviousData,
    meta: { live: "own" },
  });
  useLiveFigures(["runs"], () => void query.refetch());
  return query;
}

/** The chart stays the same while a range is dragged in it. */
const chartReach = ({ since, until }: RunFilters): number => {
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const { from, to } = chartSpan({ since, until }, now);
  return Math.round((to - from) / 60_000);
};

/** How many runs each value of a field would find. */
export function useRunFacets(filters: RunFilters) {
  const { client } = useHub();
  const query = useQuery<ResultFor<"getRunFacets">, KhotanApiError>({
    queryKey: ["getRunFacets", filters],
    queryFn: ({ signal }) => client.getRunFacets({ query: toRunQuery(filters, Date.now()), signal }),
    placeholderData: keepPreviousData,
    meta: { live: "own" },
  });
  useLiveFigures(["runs"], () => void query.refetch());
  return query.data;
}
