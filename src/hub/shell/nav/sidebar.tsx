"use client";

import { useLocale, useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { useOverview } from "../../data/use-overview.ts";
import { StatusIcon } from "../../parts/status/status-icon.tsx";
import { DELIVERY_LOOKS } from "../../parts/status/status-looks.ts";
import { findPlace, NAV, NAV_FOOT } from "../../rooms.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { useHubPath } from "../../routing/use-hub-path.ts";
import { KeyHint } from "../keys/key-hint.tsx";
import { useOpenPalette } from "../palette/open-palette.ts";
import { AccountMenu } from "./account-menu.tsx";
import { attention } from "./attention.ts";
import { BrandMark } from "./brand-mark.tsx";
import { NavLink } from "./nav-link.tsx";
import { SystemLines } from "./system-lines.tsx";
import { useNavCounts } from "./use-nav-counts.ts";

/** Rooms with live counts, what needs a person, and the state of the house. Folds to a rail. */
export function Sidebar() {
  const t = useTranslations("shell");
  const number = new Intl.NumberFormat(useLocale());
  const openPalette = useOpenPalette();
  const path = useHubPath();
  const here = findPlace(path)?.place.room;
  const { data } = useOverview();
  const counts = useNavCounts();
  const needs = data ? attention(data) : [];
  return (
    <aside className="flex min-h-0 w-56 flex-col border-r bg-sidebar px-2 pb-2 rail:w-14 small:hidden">
      <HubLink
        to="/"
        className="flex h-12 shrink-0 items-center gap-2 rounded-sm px-2 text-md font-semibold tracking-[-0.01em] focus-inset rail:justify-center rail:px-0"
      >
        <BrandMark />
        <span className="rail:sr-only">{t("brand")}</span>
      </HubLink>
      <button
        type="button"
        aria-label={t("find")}
        onClick={openPalette}
        className="mt-0.5 mb-2.5 flex h-7.5 shrink-0 items-center gap-2 rounded-sm border bg-background pr-1.5 pl-2 text-faint-foreground shadow-xs transition-colors duration-90 hover:text-foreground rail:justify-center rail:px-0"
      >
        <Icon name="search" className="size-3.5" />
        <span className="flex-1 rail:hidden">{t("findPlaceholder")}</span>
        <KeyHint keys="mod+k" className="rail:hidden" />
      </button>
      <div className="no-scrollbar flex min-h-0 flex-1 flex-col overflow-y-auto">
        <nav aria-label={t("rooms")} className="flex flex-col gap-px">
          {NAV.map(({ id, to, icon }) => (
            <NavLink
              key={id}
              to={to}
              icon={<Icon name={icon} />}
              label={t(`room.${id}`)}
              current={here === id}
              count={counts[id]}
            />
          ))}
        </nav>
        {needs.length > 0 && (
          <nav aria-label={t("needsPerson")} className="flex flex-col gap-px">
            <h2 className="px-2 pt-3.5 pb-1 text-2xs font-medium text-faint-foreground rail:sr-only">
              {t("needsPerson")}
            </h2>
            {needs.map(({ id, to, icon, count, tone }) => (
              <NavLink
                key={id}
                to={to}
                icon={
                  icon === "dead" ? (
                    <StatusIcon look={DELIVERY_LOOKS.dead} className="size-4 text-current [--card:var(--sidebar)]" />
                  ) : (
                    <Icon name={icon} />
                  )
                }
                label={t(`attention.${id}`)}
                count={number.format(count)}
                countTone={tone}
              />
            ))}
          </nav>
        )}
      </div>
      <div className="flex flex-col gap-px border-t pt-2">
        {NAV_FOOT.map(({ id, to, icon }) => (
          <NavLink key={id} to={to} icon={<Icon name={icon} />} label={t(`room.${id}`)} current={here === id} />
        ))}
        {data && <SystemLines system={data.system} />}
        <AccountMenu />
      </div>
    </aside>
  );
}
