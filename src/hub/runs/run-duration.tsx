"use client";

import { useLocale } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import type { RunRecord } from "../../contract/index.ts";
import { useNow } from "../parts/time/clock.ts";
import { formatDuration } from "../parts/time/format-duration.ts";
import { durationShare } from "./duration-share.ts";

/** How long a run took, or has been running; the bar compares it with the others on a log scale. */
export function RunDuration({ run, scaleMs }: { run: RunRecord; scaleMs: number }) {
  return run.status === "running" && run.startedAt ? (
    <Growing since={Date.parse(run.startedAt)} scaleMs={scaleMs} />
  ) : (
    run.durationMs !== null && <Bar ms={run.durationMs} scaleMs={scaleMs} tone="bg-faint-foreground" />
  );
}

function Growing({ since, scaleMs }: { since: number; scaleMs: number }) {
  const now = useNow();
  return <Bar ms={Math.max(0, now - since)} scaleMs={scaleMs} tone="bg-st-running" />;
}

function Bar({ ms, scaleMs, tone }: { ms: number; scaleMs: number; tone: string }) {
  const locale = useLocale();
  return (
    <span className="flex items-center gap-2">
      <span data-slot="bar" aria-hidden="true" className="h-1 w-8 shrink-0 overflow-hidden rounded-full bg-border">
        <span
          className={cn("block h-full rounded-full", tone)}
          style={{ width: `${durationShare(ms, scaleMs) * 100}%` }}
        />
      </span>
      <span className="text-xs tabular-nums">{formatDuration(ms, locale)}</span>
    </span>
  );
}
