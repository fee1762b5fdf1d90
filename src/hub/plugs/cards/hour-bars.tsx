"use client";

import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** The calls of a plug by the hour, one day; failures stand at the base. */
export function HourBars({ plug, tenant }: { plug: string; tenant: string }) {
  const t = useTranslations("plugs");
  const { data } = useApi(
    "getSeries",
    { query: { subject: "exchange", key: plug, tenant, since: dayAgo(), step: "hour" } },
    { staleTime: 5 * 60_000 },
  );
  const buckets = data?.buckets.slice(-HOURS) ?? [];
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const calls = buckets.reduce((sum, { count }) => sum + count, 0);
  const failures = buckets.reduce((sum, bucket) => sum + bucket.failures, 0);
  return (
    <figure className="pt-2.5" title={data && t("card.calls", { calls, failures })}>
      <figcaption className="sr-only">{data && t("card.calls", { calls, failures })}</figcaption>
      <div className="flex h-5.5 items-end gap-0.5" aria-hidden="true">
        {(data ? buckets : Array.from({ length: HOURS }, (_, at) => ({ at: String(at), count: 0, failures: 0 }))).map(
          ({ at, count, failures: failed }) => (
            <span
              key={at}
              data-slot="bar"
              className="flex flex-1 flex-col justify-end overflow-hidden rounded-[1px]"
              style={{ height: count > 0 ? `${Math.max(14, (100 * count) / most)}%` : "2px" }}
            >
              <span className="flex-1 bg-border-strong" />
              <span className="bg-st-failed" style={{ height: count > 0 ? `${(100 * failed) / count}%` : 0 }} />
            </span>
          ),
        )}
      </div>
    </figure>
  );
}

/** On the hour, so that the read is the same until the next one. */
const dayAgo = (): string => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS).toISOString();
