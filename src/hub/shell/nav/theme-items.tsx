"use client";

import { useTranslations } from "use-intl";
import { DropdownMenuRadioGroup, DropdownMenuRadioItem } from "../../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { usePreferences } from "../khotan-root-client.tsx";
import { pickTheme, THEMES } from "../preferences.ts";
import { THEME_ICONS } from "../theme-icons.ts";

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
