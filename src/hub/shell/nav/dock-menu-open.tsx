"use client";

import { useLocale, useTranslations } from "use-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import { useOverview } from "../../data/use-overview.ts";
import type { OverlayProps } from "../../parts/lazy-overlay.tsx";
import { NAV, NAV_FOOT } from "../../rooms.tsx";
import { useNavigate } from "../../routing/use-navigate.ts";
import { useOpenPalette } from "../palette/open-palette.ts";
import { AccountItems } from "./account-items.tsx";
import { attention } from "./attention.ts";

/** What the sidebar holds and the dock has no room for. */
export default function DockMenuOpen({ trigger }: OverlayProps) {
  const t = useTranslations("shell");
  const navigate = useNavigate();
  const number = new Intl.NumberFormat(useLocale());
  const openPalette = useOpenPalette();
  const { data } = useOverview();
  const needs = data ? attention(data) : [];
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent side="top" className="w-60">
        {needs.length > 0 && (
          <>
            <DropdownMenuLabel>{t("needsPerson")}</DropdownMenuLabel>
            {needs.map(({ id, to, count, tone }) => (
              <DropdownMenuItem key={id} onSelect={() => navigate(to)}>
                <span className="flex-1">{t(`attention.${id}`)}</span>
                <Tag variant={tone}>{number.format(count)}</Tag>
              </DropdownMenuItem>
            ))}
            <DropdownMenuSeparator />
          </>
        )}
        {[...NAV.slice(4), ...NAV_FOOT].map(({ id, to, icon }) => (
          <DropdownMenuItem key={id} onSelect={() => navigate(to)}>
            <Icon name={icon} />
            {t(`room.${id}`)}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => setTimeout(openPalette)}>
          <Icon name="search" />
          {t("find")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <AccountItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
