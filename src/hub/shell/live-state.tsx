"use client";

import { useTranslations } from "use-intl";
import type { FollowState } from "../../client/index.ts";
import { Tooltip } from "../../components/ui/tooltip.tsx";
import { useLiveState } from "../data/live.tsx";
import { Dot, type DotTone } from "../parts/dot.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";

const TONES: Record<FollowState, DotTone> = { connecting: "off", open: "ok", reconnecting: "warn", refused: "off" };

/** Whether what is on screen follows the server. */
export function LiveState() {
  const t = useTranslations("shell");
  const state = useLiveState();
  return (
    <Tooltip content={t(`live.hint.${state}`)}>
      <span
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must be reachable by keyboard.
        tabIndex={0}
        role="status"
        className="flex h-6.5 items-center gap-1.5 rounded-sm px-2 text-xs whitespace-nowrap text-muted-foreground"
      >
        {state === "reconnecting" ? (
          <StatusIcon look={RUN_LOOKS.running} className="text-st-partial" />
        ) : (
          <span className={state === "open" ? "rounded-full p-0.5 ring-[1.5px] ring-st-succeeded/35" : "p-0.5"}>
            <Dot tone={TONES[state]} className="block" />
          </span>
        )}
        {t(`live.${state}`)}
      </span>
    </Tooltip>
  );
}
