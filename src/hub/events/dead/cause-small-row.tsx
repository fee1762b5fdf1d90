"use client";

import { useLocale, useTranslations } from "use-intl";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import type { CauseRow } from "./cause-rows.ts";

/** A cause on a small screen, with its one action. */
export function CauseSmallRow({ group, onRedrive }: { group: CauseRow; onRedrive: (group: CauseRow) => void }) {
  const t = useTranslations("events");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <PlugTile name={group.plug} />
        <span className="min-w-0 flex-1 truncate font-medium">{group.handler}</span>
        <TimeText at={group.lastAt} className="text-xs text-muted-foreground tabular-nums" />
      </div>
      <div className="flex items-center gap-2 text-xs">
        <span className="min-w-0 flex-1 truncate font-mono text-st-failed-fg">{group.code}</span>
        <span className="text-st-dead-fg tabular-nums">
          {new Intl.NumberFormat(locale).format(group.count)}
          {group.more && "+"}
        </span>
      </div>
      <ActionButton needs="operator" icon="retry" className="self-start" onClick={() => onRedrive(group)}>
        {t("dead.redrive", { count: group.count, more: String(group.more) })}
      </ActionButton>
    </div>
  );
}
