"use client";

import { useLocale, useTranslations } from "use-intl";
import { COUNTERS } from "../../contract/counters.ts";
import type { Counter, RunRecord } from "../../contract/index.ts";
import { useNow } from "../parts/time/clock.ts";
import { formatCountdown } from "../parts/time/format-duration.ts";

/** Failures first, then what was written, then what was only looked at. */
const ORDER: readonly Counter[] = [
  "failed",
  "created",
  "updated",
  "deleted",
  ...COUNTERS.filter((name) => name === "skipped" || name === "transformed" || name === "extracted"),
];

/** What came of it: an error by its code, or what it did in numbers. Zeros are left out. */
export function RunOutcome({ run }: { run: RunRecord }) {
  if (run.error && run.nextAttemptAt && run.status === "pending")
    return <Waiting at={run.nextAttemptAt} code={run.error.code} />;
  if (run.error) {
    return (
      <span title={run.error.message} className="font-mono text-xs text-st-failed-fg">
        {run.error.code}
      </span>
    );
  }
  return <RunCounters run={run} />;
}

function RunCounters({ run }: { run: RunRecord }) {
  const t = useTranslations("runs");
  const number = new Intl.NumberFormat(useLocale());
  const present = ORDER.filter((name) => (run.counters[name] ?? 0) > 0).slice(0, 3);
  if (present.length === 0) {
    return run.progress?.message ? <span className="text-xs text-muted-foreground">{run.progress.message}</span> : null;
  }
  return (
    <span className="flex gap-2 text-xs tabular-nums">
      {present.map((name) => (
        <span key={name} className={name === "failed" ? "text-st-failed-fg" : undefined}>
          {number.format(run.counters[name] ?? 0)}{" "}
          <span className={name === "failed" ? undefined : "text-muted-foreground"}>{t(`counter.${name}`)}</span>
        </span>
      ))}
    </span>
  );
}

function Waiting({ at, code }: { at: string; code: string }) {
  const t = useTranslations("runs");
  const now = useNow();
  const left = Date.parse(at) - now;
  return (
    <span className="text-xs text-st-retry-fg tabular-nums" title={code}>
      {left > 0 ? t("again", { time: formatCountdown(left) }) : t("againNow")}
    </span>
  );
}
