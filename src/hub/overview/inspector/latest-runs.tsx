"use client";

import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { RunOutcome } from "../../runs/run-outcome.tsx";
import { RunStatusBadge } from "../../runs/run-status-badge.tsx";

interface LatestRunsProps {
  readonly handler?: string;
  readonly flow?: string;
  /** Of the flow. */
  readonly variant?: string | undefined;
}

/** What it did last, and the door to all of it. */
export function LatestRuns({ handler, flow, variant }: LatestRunsProps) {
  const t = useTranslations("overview.inspect");
  const latest = useApi("listRuns", { query: { handler, flow, variant, limit: 6 } });
  const { data } = latest;
  const query = handler ? `handler=${handler}` : `flow=${flow}`;
  return (
    <section className="flex flex-col">
      <header className="flex items-center justify-between border-b pb-1.5 text-xs">
        <h3 className="text-muted-foreground">{t("latest")}</h3>
        <HubLink to={`/runs?${query}`} className="rounded-xs font-medium text-primary-text hover:underline">
          {t("all")}
        </HubLink>
      </header>
      <FailedLine title={t("latestFailed")} of={latest} />
      {data?.items.length === 0 && <p className="py-2 text-xs text-muted-foreground">{t("noRuns")}</p>}
      <ul>
        {data?.items.map((run) => (
          <li key={run.id} className="border-b last:border-b-0">
            <HubLink
              to={`/runs/${run.id}`}
              className="grid min-h-8 grid-cols-[104px_minmax(0,1fr)_auto] items-center gap-2 focus-inset hover:bg-muted"
            >
              <RunStatusBadge run={run} />
              <span className="truncate">
                <RunOutcome run={run} />
              </span>
              <TimeText at={run.createdAt} className="text-xs text-muted-foreground tabular-nums" />
            </HubLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
