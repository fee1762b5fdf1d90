"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { usePreferences } from "./khotan-root-client.tsx";
import { THEME_ICONS, ThemeItems } from "./nav/theme-items.tsx";

export function ThemeMenu() {
  const t = useTranslations("shell");
  const { theme } = usePreferences();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("theme.change")}>
          <Icon name={THEME_ICONS[theme]} />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="min-w-36">
        <ThemeItems />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
