"use client";

import { useLocale } from "use-intl";
import type { RunRecord } from "../../contract/index.ts";
import { useNow } from "../parts/time/clock.ts";
import { formatDuration } from "../parts/time/format-duration.ts";

/** How long a run took; counts while it runs. */
export function DurationText({ run }: { run: RunRecord }) {
  const locale = useLocale();
  const now = useNow();
  const ms = run.durationMs ?? (run.status === "running" && run.startedAt ? now - Date.parse(run.startedAt) : null);
  return ms === null ? null : <span className="shrink-0 text-xs tabular-nums">{formatDuration(ms, locale)}</span>;
}
