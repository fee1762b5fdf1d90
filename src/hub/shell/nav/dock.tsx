"use client";

import { lazy } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { useOverview } from "../../data/use-overview.ts";
import { LazyOverlay } from "../../parts/lazy-overlay.tsx";
import { findPlace, NAV } from "../../rooms.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { useHubPath } from "../../routing/use-hub-path.ts";
import { attention } from "./attention.ts";

const load = () => import("./dock-menu-open.tsx");
const DockMenuOpen = lazy(load);

const partClass =
  "relative flex flex-col items-center justify-center gap-0.75 text-2xs leading-3.5 font-medium text-muted-foreground focus-inset";

/** The sidebar of a small screen: four rooms and the rest. */
export function Dock() {
  const t = useTranslations("shell");
  const here = findPlace(useHubPath())?.place.room;
  const { data } = useOverview();
  const needs = data ? attention(data) : [];
  const total = needs.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="hidden h-[calc(56px+env(safe-area-inset-bottom))] grid-cols-5 border-t bg-sidebar pb-[env(safe-area-inset-bottom)] small:grid">
      <nav aria-label={t("rooms")} className="col-span-4 grid grid-cols-subgrid">
        {NAV.slice(0, 4).map(({ id, to, icon }) => (
          <HubLink
            key={id}
            to={to}
            aria-current={here === id ? "page" : undefined}
            className={cn(partClass, here === id && "text-primary-text")}
          >
            <Icon name={icon} />
            {t(`room.${id}`)}
          </HubLink>
        ))}
      </nav>
      <LazyOverlay
        load={load}
        trigger={
          <button type="button" className={cn(partClass, "w-full")}>
            <Icon name="more" />
            {t("more")}
            {total > 0 && (
              <span className="absolute top-1.5 left-[calc(50%+6px)] min-w-4 rounded-full bg-st-failed-bg px-1 text-[10px] leading-4 font-semibold text-st-failed-fg tabular-nums">
                {total > 999 ? "999+" : total}
                <span className="sr-only">{t("needPerson")}</span>
              </span>
            )}
          </button>
        }
      >
        {(trigger) => <DockMenuOpen trigger={trigger} />}
      </LazyOverlay>
    </div>
  );
}
