import { useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useState } from "react";
import type { JobKind, JobRecord } from "../../contract/index.ts";
import { useApi } from "../data/use-api.ts";
import { shownJobs } from "./job-words.ts";

/** The jobs of a room: those that run, whoever started them, those that were started here, and the one the address names. */
export function useJobs(kinds: readonly JobKind[]) {
  const queryClient = useQueryClient();
  const [named, setNamed] = useQueryState("job", parseAsString);
  const [started, setStarted] = useState<ReadonlySet<string>>(new Set());
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const input = { query: { kind: kinds.join(","), limit: 20 } };
  const newest = useApi("listJobs", input).data?.items ?? [];
  const one = useApi("getJob", { params: { id: named ?? "" } }, { enabled: named !== null }).data;
  const add = useCallback(
    (job: JobRecord) => {
      setStarted((now) => new Set([...now, job.id]));
      void queryClient.invalidateQueries({ queryKey: ["listJobs"] });
    },
    [queryClient],
  );
  const putAway = (id: string) => {
    if (id === named) void setNamed(null);
    setAway((now) => new Set([...now, id]));
  };
  const asked = one && kinds.includes(one.kind) ? one : null;
  const jobs = asked && newest.every(({ id }) => id !== asked.id) ? [asked, ...newest] : newest;
  return { jobs: shownJobs(jobs, asked ? new Set([...started, asked.id]) : started, away), add, putAway };
}
