"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { InspectorFrame } from "../../overview/inspector/inspector-frame.tsx";
import { LatestRuns } from "../../overview/inspector/latest-runs.tsx";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { SourceSection } from "../drift/source-section.tsx";
import { flowRows } from "../flow-rows.ts";
import { RunNowButton } from "../run-now/run-now-button.tsx";
import { CursorSection } from "./cursor-section.tsx";
import { FlowFacts } from "./flow-facts.tsx";
import { PauseButton } from "./pause-button.tsx";
import { RunningCard } from "./running-card.tsx";
import { ScheduleSection } from "./schedule-section.tsx";

interface FlowPanelProps {
  readonly flow: FlowRecord;
  /** One of its variants, when that was chosen. */
  readonly variant: string | null;
  /** Whose cursor and source are shown. */
  readonly tenant: string;
  readonly onClose: () => void;
}

/** A flow beside the list: what goes on, when it runs, what it did. */
export function FlowPanel({ flow, variant, tenant, onClose }: FlowPanelProps) {
  const t = useTranslations("flows");
  const rows = (flowRows([flow])[0]?.rows ?? []).filter((row) => variant === null || row.variant === variant);
  const running = flow.runs.filter((run) => run.status === "running" && (variant === null || run.variant === variant));
  return (
    <InspectorFrame
      tile={<IconTile name={kindIcon(flow.kind)} />}
      title={variant === null ? flow.name : `${flow.name} ${variant}`}
      subtitle={t(`way.${flow.kind}`, { plug: flow.plug, destination: flow.destination ?? "" })}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <RunNowButton row={{ flow, variant }} primary />
        <PauseButton flow={flow} row={variant === null ? undefined : rows[0]} />
        <Button asChild>
          <HubLink to={`/runs?flow=${flow.id}`}>
            <Icon name="runs" className="size-3.5" />
            {t("openRuns")}
          </HubLink>
        </Button>
      </div>
      {running.map(({ id }) => (
        <RunningCard key={id} id={id} />
      ))}
      {rows.map((row) => (
        <ScheduleSection key={row.id} row={row} alone={rows.length === 1} />
      ))}
      <CursorSection flow={flow} variant={variant} tenant={tenant} />
      <SourceSection flow={flow} tenant={tenant} />
      <LatestRuns flow={flow.id} variant={variant ?? undefined} />
      <FlowFacts flow={flow} />
    </InspectorFrame>
  );
}
