import { useLocale, useTranslations } from "use-intl";
import { formatMinute } from "../../parts/time/format-time.ts";

const TICKS = 8;

/** Eight times below the bars, and where the chart ends. */
export function TimeAxis({ starts, now }: { starts: readonly number[]; now: number }) {
  const t = useTranslations("runs.histogram");
  const locale = useLocale();
  const every = Math.max(1, Math.ceil(starts.length / TICKS));
  return (
    <div aria-hidden="true" className="relative h-5 text-2xs leading-5 text-muted-foreground tabular-nums">
      {starts.map(
        (at, place) =>
          place % every === 0 &&
          place < starts.length - every / 2 && (
            <span key={at} className="absolute whitespace-nowrap" style={{ left: `${(100 * place) / starts.length}%` }}>
              {formatMinute(at, now, locale)}
            </span>
          ),
      )}
      <span className="absolute right-0 bg-card pl-2">{t("now")}</span>
    </div>
  );
}
