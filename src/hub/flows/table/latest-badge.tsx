"use client";

import type { FlowRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { RunStatusBadge } from "../../runs/run-status-badge.tsx";

/** How the latest run ended; while it runs, how far it is. Leads to the run. */
export function LatestBadge({ run }: { run: FlowRecord["runs"][number] }) {
  const running = run.status === "running";
  const { data } = useApi("getRun", { params: { id: run.id } }, { enabled: running });
  return (
    <HubLink to={`/runs/${run.id}`} className="w-fit rounded-xs hover:underline">
      {running && data ? (
        <RunStatusBadge run={data} />
      ) : (
        <StatusBadge look={RUN_LOOKS[run.status]}>{run.status}</StatusBadge>
      )}
    </HubLink>
  );
}
