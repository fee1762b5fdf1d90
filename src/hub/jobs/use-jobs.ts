import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { JobKind, JobRecord } from "../../contract/index.ts";
import { useApi } from "../data/use-api.ts";
import { shownJobs } from "./job-words.ts";

/** The jobs of a room: those that run, whoever started them, and those that were started here. */
export function useJobs(kinds: readonly JobKind[]) {
  const queryClient = useQueryClient();
  const [started, setStarted] = useState<ReadonlySet<string>>(new Set());
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const input = { query: { kind: kinds.join(","), limit: 20 } };
  const jobs = useApi("listJobs", input).data?.items ?? [];
  const add = useCallback(
    (job: JobRecord) => {
      setStarted((now) => new Set([...now, job.id]));
      void queryClient.invalidateQueries({ queryKey: ["listJobs"] });
    },
    [queryClient],
  );
  const putAway = useCallback((id: string) => setAway((now) => new Set([...now, id])), []);
  return { jobs: shownJobs(jobs, started, away), add, putAway };
}
