"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Tag } from "../../../components/ui/tag.tsx";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { cronWords } from "../cron-words.ts";
import type { FlowRow } from "../flow-rows.ts";
import { RunNowButton } from "../run-now/run-now-button.tsx";
import { useFlowSwitch } from "../use-flow-switch.ts";
import { LatestBadge } from "./latest-badge.tsx";
import { NextTime } from "./next-time.tsx";
import { TickBars } from "./tick-bars.tsx";

const cell = "border-b px-2.5 py-1.5 group-last/line:border-b-0";

/** A flow or a variant: when it runs, how it went, and the two things one does with it. */
export function FlowLine({ row, open }: { row: FlowRow; open: boolean }) {
  const t = useTranslations("flows");
  const locale = useLocale();
  const { flow, variant, heads, schedule } = row;
  const state = useFlowSwitch(row);
  const latest = heads ? undefined : flow.runs.find((run) => run.variant === variant);
  const to = variant === null ? `/flows/${flow.id}` : `/flows/${flow.id}?variant=${encodeURIComponent(variant)}`;
  const name = variant === null ? flow.name : `${flow.name} ${variant}`;
  const current = open ? "true" : undefined;
  return (
    <tr
      data-row-id={row.id}
      className={cn(
        "group/line transition-colors duration-90 hover:bg-muted",
        open && "bg-accent shadow-[inset_2px_0_0_var(--primary)] hover:bg-accent",
      )}
    >
      <th scope="row" className={cn(cell, "text-left font-normal")}>
        {variant === null ? (
          <span className="flex min-w-0 items-center gap-2.5">
            <IconTile name={kindIcon(flow.kind)} />
            <span className="min-w-0">
              <HubLink to={to} aria-current={current} className="block truncate rounded-xs font-medium hover:underline">
                {flow.name}
              </HubLink>
              <span className="block truncate text-xs text-muted-foreground">
                {t(`way.${flow.kind}`, { plug: flow.plug, destination: flow.destination ?? "" })}
              </span>
            </span>
          </span>
        ) : (
          <HubLink to={to} aria-current={current} className="ml-9 inline-flex max-w-full rounded-xs hover:underline">
            <Tag className="truncate">{variant}</Tag>
          </HubLink>
        )}
      </th>
      <td className={cn(cell, "@max-[640px]:hidden")}>
        {heads ? (
          <span className="text-muted-foreground">{t("variants", { count: flow.variants.length })}</span>
        ) : (
          <span className="line-clamp-2" title={schedule?.cron}>
            {schedule ? cronWords(schedule.cron, locale) : t("byHand")}
          </span>
        )}
      </td>
      <td className={cn(cell, "truncate text-muted-foreground @max-[640px]:hidden")}>
        <NextTime row={row} />
      </td>
      <td className={cn(cell, "@max-[720px]:hidden")}>
        <TickBars row={row} />
      </td>
      <td className={cell}>{latest && <LatestBadge run={latest} />}</td>
      <td className={cell}>
        <span className="flex items-center justify-end gap-2">
          {!heads && <RunNowButton row={row} compact />}
          {variant === null ? (
            <GatedSwitch
              needs="operator"
              label={t("enabled", { flow: name })}
              checked={state.enabled}
              onChange={state.setEnabled}
            />
          ) : schedule ? (
            <GatedSwitch
              needs="operator"
              label={t("scheduleEnabled", { flow: name })}
              checked={state.scheduled}
              onChange={state.setScheduled}
            />
          ) : (
            <span className="w-7" />
          )}
        </span>
      </td>
    </tr>
  );
}
