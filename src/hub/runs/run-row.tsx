"use client";

import { Tag } from "../../components/ui/tag.tsx";
import type { RunRecord } from "../../contract/index.ts";
import { KindIcon } from "../parts/kind-icon.tsx";
import { TimeText } from "../parts/time/time-text.tsx";
import { DurationText } from "./duration-text.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { RunStatusBadge } from "./run-status-badge.tsx";

/** A run in two lines: name and age; status, outcome, duration. */
export function RunRow(run: RunRecord) {
  return (
    <div className="flex flex-col gap-0.75">
      <div className="flex items-center gap-2">
        <KindIcon kind={run.kind} />
        <span className="min-w-0 truncate font-medium">{run.name}</span>
        {run.variant && <Tag>{run.variant}</Tag>}
        <TimeText
          at={run.startedAt ?? run.createdAt}
          className="ml-auto shrink-0 text-xs text-muted-foreground tabular-nums"
        />
      </div>
      <div className="flex items-center gap-2 pl-px">
        <RunStatusBadge run={run} />
        <span className="min-w-0 flex-1 truncate">
          <RunOutcome run={run} />
        </span>
        <DurationText run={run} />
      </div>
    </div>
  );
}
