"use client";

import { useLocale, useTranslations } from "use-intl";
import { useNow } from "../../parts/time/clock.ts";
import { formatExact } from "../../parts/time/format-time.ts";
import type { FlowRow } from "../flow-rows.ts";
import { formatLead, formatTick } from "../format-ahead.ts";

/** When a line fires next, or why it does not. */
export function NextTime({ row: { flow, schedule, heads } }: { row: FlowRow }) {
  const t = useTranslations("flows");
  const locale = useLocale();
  const now = useNow();
  if (!flow.enabled) return heads || schedule ? t("off") : null;
  if (!schedule) return null;
  if (flow.pausedFor?.length) return <span className="text-st-partial-fg">{t("pausedByDrift")}</span>;
  const [next] = schedule.next;
  if (!schedule.enabled || !next) return t("scheduleOff");
  const at = Date.parse(next);
  const { local, utc } = formatExact(at, locale);
  return (
    <time dateTime={next} title={`${local}\n${utc}`} className="tabular-nums">
      {formatTick(at, now, locale)}
      {at - now < 12 * 3_600_000 && (
        <span className="text-faint-foreground">, {t("in", { time: formatLead(at, now) })}</span>
      )}
    </time>
  );
}
