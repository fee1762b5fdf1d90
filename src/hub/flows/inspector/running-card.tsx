"use client";

import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { useNow } from "../../parts/time/clock.ts";
import { formatCountdown } from "../../parts/time/format-duration.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { RunOutcome } from "../../runs/run-outcome.tsx";
import { timeLeft } from "./time-left.ts";

/** The run that is going on: how far it is and what it did so far. */
export function RunningCard({ id }: { id: string }) {
  const t = useTranslations("flows");
  const now = useNow();
  const { data: run } = useApi("getRun", { params: { id } });
  if (run?.status !== "running" || run.startedAt === null) return null;
  const { progress } = run;
  const since = now - Date.parse(run.startedAt);
  const left = timeLeft(progress, since);
  return (
    <section className="rounded-md bg-st-running-bg p-3 ring-1 ring-st-running-line ring-inset">
      <header className="flex items-center gap-2 text-xs">
        <StatusBadge look={RUN_LOOKS.running}>{t("now.title")}</StatusBadge>
        <span className="min-w-0 flex-1 truncate text-muted-foreground tabular-nums">
          {t("now.since", { time: formatCountdown(since), source: run.source })}
        </span>
        <HubLink to={`/runs/${id}`} className="rounded-xs font-medium text-primary-text hover:underline">
          {t("now.open")}
        </HubLink>
      </header>
      {progress && (
        <>
          {progress.total ? (
            <progress value={progress.done} max={progress.total} className="sr-only">
              {t("now.of", { done: progress.done, total: progress.total })}
            </progress>
          ) : null}
          {progress.total ? (
            <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-accent">
              <div
                className="h-full rounded-full bg-st-running"
                style={{ width: `${Math.min(100, (100 * progress.done) / progress.total)}%` }}
              />
            </div>
          ) : null}
          <p className="flex justify-between pt-1.5 text-xs tabular-nums">
            <span>
              {progress.total
                ? t("now.of", { done: progress.done, total: progress.total })
                : t("now.done", { done: progress.done })}
            </span>
            {left !== null && (
              <span className="text-muted-foreground">{t("now.left", { time: formatCountdown(left) })}</span>
            )}
          </p>
        </>
      )}
      <div className="pt-1">
        <RunOutcome run={run} />
      </div>
    </section>
  );
}
