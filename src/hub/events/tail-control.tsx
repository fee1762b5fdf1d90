"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { useLiveState } from "../data/live.tsx";
import { useOverview } from "../data/use-overview.ts";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { useShortcut } from "../shell/keys/keys-provider.tsx";
import type { EventListState } from "./use-event-list.ts";

/** Says whether new events are shown as they come, and stops or starts that. */
export function TailControl({ list }: { list: EventListState }) {
  const t = useTranslations("events");
  const { paused, setPaused, reading } = list;
  const open = useLiveState() === "open";
  const rate = useOverview().data?.counts.eventsLastMinute ?? 0;
  useShortcut({ keys: "p", label: t("keys.pause"), group: "list", run: () => setPaused(!paused) });
  return (
    <span className="flex shrink-0 items-center gap-2 small:ml-auto">
      {open && !paused && (
        <span
          className={
            reading
              ? "flex items-center gap-1.5 text-xs whitespace-nowrap text-muted-foreground"
              : "flex items-center gap-1.5 text-xs whitespace-nowrap text-st-running-fg tabular-nums"
          }
        >
          {reading ? <Icon name="pause" className="size-3.5" /> : <StatusIcon look={RUN_LOOKS.running} />}
          {reading ? t("held") : t("tailing", { rate })}
        </span>
      )}
      <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
        <Icon name={paused ? "play" : "pause"} className="size-3.5" />
        {paused ? t("resume") : t("pause")}
      </Button>
    </span>
  );
}
