"use client";

import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import type { JobKind, JobRecord } from "../../contract/index.ts";
import { useAction } from "../data/use-action.ts";
import { ActionButton } from "../parts/action/action-button.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { jobReasons, jobShare } from "./job-words.ts";

const KIND_WORDS = {
  "runs.retry": "kind.runs_retry",
  "runs.cancel": "kind.runs_cancel",
  "deliveries.retry": "kind.deliveries_retry",
  "events.replay": "kind.events_replay",
  "secrets.reseal": "kind.secrets_reseal",
} as const satisfies Record<JobKind, string>;

interface JobStripProps {
  readonly jobs: readonly JobRecord[];
  readonly onAway: (id: string) => void;
}

/** What is being done to many rows right now, and what came of what was started here. */
export default function JobStrip({ jobs, onAway }: JobStripProps) {
  return (
    <div className="flex shrink-0 flex-col gap-2">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} onAway={() => onAway(job.id)} />
      ))}
    </div>
  );
}

function JobRow({ job, onAway }: { job: JobRecord; onAway: () => void }) {
  const t = useTranslations("jobs");
  const locale = useLocale();
  const number = new Intl.NumberFormat(locale);
  const cancel = useAction("cancelJob");
  const live = job.status === "running";
  const words = {
    done: number.format(job.done),
    total: number.format(Math.max(job.total, job.done)),
    about: String(job.totalEstimated && live),
    changed: number.format(job.changed),
  };
  return (
    <section
      data-job={job.id}
      aria-label={t(KIND_WORDS[job.kind])}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border bg-card px-3 py-2 text-xs"
    >
      <StatusIcon look={RUN_LOOKS[job.status]} />
      <b className="text-sm font-medium">{t(KIND_WORDS[job.kind])}</b>
      <span
        role="progressbar"
        aria-label={t(KIND_WORDS[job.kind])}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(100 * jobShare(job))}
        className="h-1 w-32 overflow-hidden rounded-full bg-border small:w-full small:order-last"
      >
        <span
          className={live ? "block h-full bg-st-running" : "block h-full bg-faint-foreground"}
          style={{ width: `${100 * jobShare(job)}%` }}
        />
      </span>
      <span className="text-muted-foreground tabular-nums">
        {t(job.status === "running" ? "progress" : `ended.${job.status}`, words)}
        {job.status === "failed" && job.error && ` ${job.error.message}`}
      </span>
      {job.failed > 0 && (
        <span className="text-st-partial-fg tabular-nums">
          {jobReasons(job)
            .map(([reason, count]) =>
              t("reason", {
                count: number.format(count),
                // Reasons are machine words; one that is newer than this page is shown as it is.
                reason: t.has(`reasons.${reason}` as "reasons.running")
                  ? t(`reasons.${reason}` as "reasons.running")
                  : reason,
              }),
            )
            .join(", ")}
        </span>
      )}
      <span className="flex-1" />
      {live ? (
        <ActionButton
          needs="operator"
          icon="x"
          pending={cancel.pending}
          onClick={() => cancel.run({ params: { id: job.id } })}
        >
          {t("stop")}
        </ActionButton>
      ) : (
        <Button variant="ghost" size="icon" aria-label={t("away")} onClick={onAway}>
          <Icon name="x" className="size-3.5" />
        </Button>
      )}
    </section>
  );
}
