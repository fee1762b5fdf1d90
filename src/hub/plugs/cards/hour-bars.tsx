"use client";

import { useTranslations } from "use-intl";

/** Calls by the hour, oldest first, and how many of them failed. */
export interface HourlyCalls {
  readonly counts: readonly number[];
  readonly failures: readonly number[];
}

/** The calls of a plug by the hour, one day; failures stand at the base. `null` until they are known. */
export function HourBars({ calls }: { calls: HourlyCalls | null }) {
  const t = useTranslations("plugs");
  const most = Math.max(1, ...(calls?.counts ?? []));
  const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
  const words = calls ? t("card.calls", { calls: sum(calls.counts), failures: sum(calls.failures) }) : undefined;
  const bars = calls?.counts ?? Array<number>(24).fill(0);
  return (
    <figure className="pt-2.5" title={words}>
      <figcaption className="sr-only">{words}</figcaption>
      <div className="flex h-5.5 items-end gap-0.5" aria-hidden="true">
        {bars.map((count, hour) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour has no other name than its place.
            key={hour}
            data-slot="bar"
            className="flex flex-1 flex-col justify-end overflow-hidden rounded-[1px]"
            style={{ height: count > 0 ? `${Math.max(14, (100 * count) / most)}%` : "2px" }}
          >
            <span className="flex-1 bg-border-strong" />
            <span
              className="bg-st-failed"
              style={{ height: count > 0 ? `${(100 * (calls?.failures[hour] ?? 0)) / count}%` : 0 }}
            />
          </span>
        ))}
      </div>
    </figure>
  );
}
