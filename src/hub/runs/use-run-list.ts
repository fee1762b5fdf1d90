import type { RunRecord } from "../../contract/index.ts";
import { isFinalRun } from "../../contract/statuses.ts";
import { useHub } from "../config.tsx";
import { useLiveList } from "../data/use-live-list.ts";
import { type RunFilters, toRunQuery } from "./run-filters.ts";

/** The runs that match. New ones wait to be asked for. */
export function useRunList(filters: RunFilters) {
  const { client } = useHub();
  return useLiveList<RunRecord>({
    queryKey: ["runs", filters],
    readPage: (cursor, signal) =>
      client.listRuns({ query: { ...toRunQuery(filters, Date.now()), cursor, limit: 50 }, signal }),
    readOne: (id) => client.getRun({ params: { id } }),
    isLive: ({ status }) => !isFinalRun(status),
    topics: ["runs"],
    hold: true,
  });
}
