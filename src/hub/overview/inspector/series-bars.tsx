"use client";

import { useLocale, useTranslations } from "use-intl";
import type { RollupSubject } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { formatMoment } from "../../parts/time/format-time.ts";

const MINUTES = 30;

interface SeriesBarsProps {
  readonly subject: RollupSubject;
  readonly of: string;
}

/** The last half hour by the minute; failures stand at the base, so that they can be compared. */
export function SeriesBars({ subject, of }: SeriesBarsProps) {
  const t = useTranslations("overview.inspect");
  const locale = useLocale();
  const series = useApi("getSeries", { query: { subject, key: of, since: halfHourAgo(), step: "minute" } });
  const { data } = series;
  if (!data) return <FailedLine title={t("seriesFailed")} of={series} />;
  const buckets = data.buckets.slice(-MINUTES);
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const time = (at: string) => formatMoment(Date.parse(at), Date.now(), locale);
  return (
    <figure className="flex flex-col gap-1.5">
      <figcaption className="flex justify-between text-xs text-muted-foreground">
        {t("series", { minutes: MINUTES })}
      </figcaption>
      <div className="flex h-12 items-end gap-0.5" aria-hidden="true">
        {buckets.map(({ at, count, failures }) => (
          <span
            key={at}
            title={`${time(at)}: ${count}${failures > 0 ? `, ${failures} ×` : ""}`}
            className="flex flex-1 flex-col justify-end overflow-hidden rounded-t-[2px]"
            style={{ height: `${Math.max(count > 0 ? 6 : 0, (100 * count) / most)}%` }}
          >
            <span className="flex-1 bg-chart-ok" />
            <span className="bg-st-failed" style={{ height: `${count > 0 ? (100 * failures) / count : 0}%` }} />
          </span>
        ))}
      </div>
      <table className="sr-only">
        <tbody>
          {buckets
            .filter(({ count }) => count > 0)
            .map(({ at, count, failures }) => (
              <tr key={at}>
                <th scope="row">{time(at)}</th>
                <td>{count}</td>
                <td>{failures}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}

/** On the minute, so that the read is the same until the next one. */
const halfHourAgo = (): string => new Date(Math.floor(Date.now() / 60_000) * 60_000 - MINUTES * 60_000).toISOString();
