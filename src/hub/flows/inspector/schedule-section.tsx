"use client";

import { useLocale, useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { useNow } from "../../parts/time/clock.ts";
import { formatExact } from "../../parts/time/format-time.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { cronWords } from "../cron-words.ts";
import type { FlowRow } from "../flow-rows.ts";
import { formatLead, formatTick } from "../format-ahead.ts";
import { useFlowSwitch } from "../use-flow-switch.ts";

/** When one variant fires: in words, as cron, and the next five times. */
export function ScheduleSection({ row, alone }: { row: FlowRow; alone: boolean }) {
  const t = useTranslations("flows");
  const locale = useLocale();
  const now = useNow();
  const { flow, variant, schedule } = row;
  const state = useFlowSwitch(row);
  if (!schedule) return null;
  const name = variant === null ? flow.name : `${flow.name} ${variant}`;
  return (
    <section>
      <header className="flex items-center gap-2 pb-1">
        <h3 className="text-sm font-semibold">{t("section.schedule")}</h3>
        {!alone && variant !== null && <Tag>{variant}</Tag>}
        <span className="flex-1" />
        <code className="text-xs text-muted-foreground">{schedule.cron}</code>
        <GatedSwitch
          needs="operator"
          label={t("scheduleEnabled", { flow: name })}
          checked={state.scheduled}
          onChange={state.setScheduled}
        />
      </header>
      <p className="text-xs leading-4.5 text-pretty text-muted-foreground">
        {cronWords(schedule.cron, locale)}. {t("zone", { zone: schedule.timeZone })} {t(`overlap.${flow.overlap}`)}
      </p>
      {schedule.next.length === 0 && <p className="pt-1 text-xs">{t("nothingPlanned")}</p>}
      <ul className="pt-1">
        {schedule.next.map((time) => {
          const at = Date.parse(time);
          const { local, utc } = formatExact(at, locale);
          return (
            <li key={time} className="flex h-6.5 items-center justify-between tabular-nums">
              <time dateTime={time} title={`${local}\n${utc}`}>
                {formatTick(at, now, locale)}
              </time>
              <span className="text-xs text-muted-foreground">{t("in", { time: formatLead(at, now) })}</span>
            </li>
          );
        })}
      </ul>
      <p className="pt-1 text-xs text-muted-foreground">
        {schedule.lastFiredAt ? (
          <>
            {t("lastFired")} <TimeText at={schedule.lastFiredAt} show="moment" className="tabular-nums" />
          </>
        ) : (
          t("neverFired")
        )}
      </p>
    </section>
  );
}
