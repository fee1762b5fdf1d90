"use client";

import { useTranslations } from "use-intl";
import { DropdownMenuRadioGroup, DropdownMenuRadioItem } from "../../../components/ui/dropdown-menu.tsx";
import { Icon, type IconName } from "../../../components/ui/icon.tsx";
import { usePreferences } from "../khotan-root-client.tsx";
import { pickTheme, THEMES, type Theme } from "../preferences.ts";

export const THEME_ICONS: Record<Theme, IconName> = { light: "sun", dark: "moon", system: "monitor" };

export function ThemeItems() {
  const t = useTranslations("shell");
  const { theme, setTheme } = usePreferences();
  return (
    <DropdownMenuRadioGroup value={theme} onValueChange={(next) => setTheme(pickTheme(next))}>
      {THEMES.map((option) => (
        <DropdownMenuRadioItem key={option} value={option}>
          <Icon name={THEME_ICONS[option]} />
          {t(`theme.${option}`)}
        </DropdownMenuRadioItem>
      ))}
    </DropdownMenuRadioGroup>
  );
}
