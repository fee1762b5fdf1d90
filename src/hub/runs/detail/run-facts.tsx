"use client";

import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import type { RunDetail } from "../../../contract/index.ts";
import { isFinalRun } from "../../../contract/statuses.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { useNow } from "../../parts/time/clock.ts";
import { formatCountdown, formatDuration } from "../../parts/time/format-duration.ts";
import { formatAge } from "../../parts/time/format-time.ts";
import { TimeText } from "../../parts/time/time-text.tsx";

/** When, how long, how often, by whom. */
export function RunFacts({ run }: { run: RunDetail }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const now = useNow();
  const start = run.startedAt ?? run.createdAt;
  const startMs = Date.parse(start);
  const ms = run.durationMs ?? (run.startedAt ? now - startMs : null);
  return (
    <Card className="my-3 grid grid-cols-[1.15fr_1.3fr_1.1fr_.8fr_.7fr_1.2fr] divide-x divide-border overflow-hidden max-md:grid-cols-3 small:grid-cols-2 max-md:[&>*:nth-child(n+4)]:border-t sm:max-md:[&>*:nth-child(3n)]:border-e-0 small:[&>*:nth-child(3)]:border-t small:[&>*:nth-child(even)]:border-e-0">
      <Fact label={t(run.startedAt ? "facts.started" : "facts.created")}>
        <TimeText at={start} show="moment" /> <Faint>{t("facts.ago", { time: formatAge(startMs, now, locale) })}</Faint>
      </Fact>
      <Fact label={t("facts.took")}>
        {ms === null ? t("facts.notStarted") : formatDuration(ms, locale)}{" "}
        {run.busyMs > 0 && <Faint>{t("facts.busy", { time: formatDuration(run.busyMs, locale) })}</Faint>}
      </Fact>
      <Fact label={t("facts.attempts")}>
        {t("facts.attemptsOf", { count: run.attempts, max: run.maxAttempts })} <Faint>{nextWords(run, now, t)}</Faint>
      </Fact>
      <Fact label={t("facts.source")}>
        {run.source} {run.actor && <Faint>{run.actor}</Faint>}
      </Fact>
      <Fact label={t("facts.tenant")}>{run.tenant}</Fact>
      <Fact label={t("facts.key")}>
        <span className="flex items-center gap-1">
          <span className="truncate font-mono text-xs" title={run.idempotencyKey}>
            {run.idempotencyKey}
          </span>
          <CopyButton text={run.idempotencyKey} label={t("facts.copyKey")} className="size-5! small:size-5!" />
        </span>
      </Fact>
    </Card>
  );
}

function nextWords(run: RunDetail, now: number, t: ReturnType<typeof useTranslations<"runs">>): string {
  if (run.nextAttemptAt && !isFinalRun(run.status)) {
    return t("facts.nextIn", { time: formatCountdown(Date.parse(run.nextAttemptAt) - now) });
  }
  if (run.status === "failed") return t("facts.gaveUp");
  return run.cancelRequestedAt && !isFinalRun(run.status) ? t("facts.stopping") : "";
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-3.5 pt-1.75 pb-2">
      <div className="text-2xs text-muted-foreground">{label}</div>
      <div className="truncate tabular-nums">{children}</div>
    </div>
  );
}

const Faint = ({ children }: { children: ReactNode }) => <span className="text-faint-foreground">{children}</span>;
