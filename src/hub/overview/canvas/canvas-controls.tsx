"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { FIT } from "./fit.ts";

interface CanvasControlsProps {
  /** A map stands at the left. */
  readonly mapped: boolean;
  readonly moved: boolean;
  readonly onReset: () => void;
}

/** Legend and zoom, floating at the foot of the canvas. */
export function CanvasControls({ mapped, moved, onReset }: CanvasControlsProps) {
  const t = useTranslations("overview.canvas");
  const percent = new Intl.NumberFormat(useLocale(), { style: "percent" });
  const flow = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100) / 100);
  return (
    <div
      className={cn(
        "pointer-events-none absolute inset-x-3 bottom-3 flex items-end justify-between",
        mapped && "sm:pl-42",
      )}
    >
      <ul className="pointer-events-auto flex h-7 items-center gap-3 rounded-md border bg-card px-2.5 text-2xs text-muted-foreground shadow-sm max-lg:hidden">
        {(["pushed", "pulled", "failing"] as const).map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <svg
              aria-hidden="true"
              width="22"
              height="4"
              className="pipe"
              data-tone={kind === "failing" ? kind : "quiet"}
              data-motion={kind}
            >
              <path d="M0 2H22" className="react-flow__edge-path" strokeWidth={kind === "failing" ? 2.5 : 1.5} />
            </svg>
            {t(`legend.${kind}`)}
          </li>
        ))}
      </ul>
      <div className="pointer-events-auto ml-auto flex items-center rounded-md border bg-card p-0.5 shadow-sm">
        {moved && (
          <Button variant="ghost" onClick={onReset}>
            {t("resetPlaces")}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("zoomOut")}
          onClick={() => void flow.zoomOut({ duration: 160 })}
        >
          <Icon name="minus" className="size-3.5" />
        </Button>
        <span className="w-10 text-center text-xs tabular-nums">{percent.format(zoom)}</span>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("zoomIn")}
          onClick={() => void flow.zoomIn({ duration: 160 })}
        >
          <Icon name="plus" className="size-3.5" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("fit")}
          onClick={() => void flow.fitView({ ...FIT, duration: 160 })}
        >
          <Icon name="expand" className="size-3.5" />
        </Button>
      </div>
    </div>
  );
}
