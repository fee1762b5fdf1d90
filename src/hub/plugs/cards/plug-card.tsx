"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { PlugRecord } from "../../../contract/index.ts";
import { Dot } from "../../parts/dot.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { HourBars, type HourlyCalls } from "./hour-bars.tsx";
import { plugHealth } from "./plug-health.ts";
import { PlugSwitch } from "./plug-switch.tsx";

interface PlugCardProps {
  readonly plug: PlugRecord;
  readonly current: boolean;
  /** Of its rate limit, 0 to 1; `null` when it has none. */
  readonly limit: number | null;
  /** Over the last day; `null` until they are known. */
  readonly calls: HourlyCalls | null;
}

/** One plug at a glance: is it on, is it connected, does anything wait for a person? */
export function PlugCard({ plug, current, limit, calls }: PlugCardProps) {
  const t = useTranslations("plugs");
  const health = plugHealth(plug);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a small screen the cards stand in one line; the chosen one must be in it.
    if (current) card.current?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [current]);
  return (
    <article
      ref={card}
      className={cn(
        "group relative min-w-0 rounded-md border bg-card p-3 transition-colors duration-90 hover:border-border-strong small:w-59 small:shrink-0",
        current && "border-primary ring-1 ring-primary hover:border-primary",
      )}
    >
      <div className="flex items-center gap-2.5">
        <PlugTile name={plug.name} size="lg" />
        <div className="min-w-0 flex-1">
          {/* The whole card is the link; the switch stands above it. */}
          <HubLink
            to={`/plugs/${plug.name}`}
            keepQuery
            aria-current={current ? "true" : undefined}
            className="block truncate font-semibold after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-2 focus-visible:after:outline-ring"
          >
            {plug.label}
          </HubLink>
          <span className="block truncate text-xs text-faint-foreground">{plug.host ?? t("card.noHost")}</span>
        </div>
        <PlugSwitch plug={plug} />
      </div>
      <HourBars calls={calls} />
      <dl className="pt-2 text-xs">
        <Line label={t("card.connection")}>
          <Dot tone={health.tone} />
          {t(`card.health.${health.word}`, { count: health.count })}
        </Line>
        <Line label={t("card.wire")}>
          {plug.wire === null
            ? t("card.noWire")
            : plug.wire.status === "disabled"
              ? t("wire.notConnected")
              : t("card.wireState", { status: plug.wire.status, mode: plug.wire.mode })}
        </Line>
        {limit !== null && (
          <Line label={t("card.limit")}>
            <Meter share={limit} />
          </Line>
        )}
        <Line label={t("card.handlers")}>
          <span className="tabular-nums">{t("card.handlerCount", { count: plug.counts.handlers })}</span>
        </Line>
      </dl>
      {(plug.counts.dead > 0 || plug.counts.waiting > 0) && (
        <div className="relative flex flex-wrap gap-1.5 pt-1.5 text-2xs font-medium">
          {plug.counts.dead > 0 && (
            <HubLink
              to={`/events/dead?plug=${plug.name}`}
              className="rounded-[5px] bg-st-dead-bg px-1.5 text-st-dead-fg hover:underline"
            >
              {t("card.dead", { count: plug.counts.dead })}
            </HubLink>
          )}
          {plug.counts.waiting > 0 && (
            <span className="rounded-[5px] bg-st-partial-bg px-1.5 text-st-partial-fg">
              {t("card.waiting", { count: plug.counts.waiting })}
            </span>
          )}
        </div>
      )}
    </article>
  );
}

/** Orange from 80 % on. */
function Meter({ share }: { share: number }) {
  const t = useTranslations("plugs");
  return (
    <>
      <span data-slot="bar" aria-hidden="true" className="h-1 w-20 overflow-hidden rounded-full bg-accent">
        <span
          className={cn("block h-full rounded-full", share > 0.8 ? "bg-st-retry" : "bg-faint-foreground")}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="tabular-nums">{t("card.percent", { share })}</span>
    </>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex h-5.75 items-center justify-between gap-2 whitespace-nowrap">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1.5 truncate">{children}</dd>
    </div>
  );
}
