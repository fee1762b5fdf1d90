import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useHub } from "../config.tsx";
import { useStillNow } from "../parts/time/clock.ts";
import type { FlowRow } from "./flow-rows.ts";
import { runTicks } from "./run-ticks.ts";

const COUNT = 20;

/**
 * The last 20 runs of a line. The list of flows brings the newest ones up to date; the page is read anew
 * only when a flow has a run that it did not have, not whenever any run changes.
 */
export function useTicks({ flow, variant, heads }: FlowRow) {
  const { client } = useHub();
  const now = useStillNow();
  const { data } = useQuery({
    queryKey: ["flowRuns", flow.id, variant, flow.runs[0]?.id],
    queryFn: ({ signal }) =>
      client.listRuns({ query: { flow: flow.id, variant: variant ?? undefined, limit: COUNT }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: !heads,
  });
  const newest = flow.runs.filter((run) => run.variant === variant);
  return { known: data !== undefined, ticks: runTicks(data?.items ?? [], newest, now, COUNT) };
}
