import type { RunRecord } from "../../contract/index.ts";
import { StatusBadge } from "../parts/status/status-badge.tsx";
import { type Look, RUN_LOOKS } from "../parts/status/status-looks.ts";

/** A run between two attempts is pending, but what it waits for is a retry: orange, not grey. */
export const runLook = (run: Pick<RunRecord, "status" | "error" | "nextAttemptAt">): Look =>
  run.status === "pending" && run.error !== null && run.nextAttemptAt !== null
    ? { tone: "retry", shape: "arrow-round" }
    : RUN_LOOKS[run.status];

/** The status of a run; while it runs its progress may replace the word. */
export function RunStatusBadge({ run, boxed = false }: { run: RunRecord; boxed?: boolean }) {
  const { progress } = run;
  const share =
    run.status === "running" && progress?.total ? `${Math.floor((100 * progress.done) / progress.total)} %` : null;
  return (
    <StatusBadge look={runLook(run)} boxed={boxed}>
      {share ?? run.status}
    </StatusBadge>
  );
}
