"use client";

import { lazy } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { LazyOverlay } from "../parts/lazy-overlay.tsx";
import { usePreferences } from "./khotan-root-client.tsx";
import { THEME_ICONS } from "./theme-icons.ts";

const load = () => import("./theme-menu-open.tsx");
const ThemeMenuOpen = lazy(load);

export function ThemeMenu() {
  const t = useTranslations("shell");
  const { theme } = usePreferences();
  return (
    <LazyOverlay
      load={load}
      trigger={
        <Button variant="ghost" size="icon" aria-label={t("theme.change")}>
          <Icon name={THEME_ICONS[theme]} />
        </Button>
      }
    >
      {(trigger) => <ThemeMenuOpen trigger={trigger} />}
    </LazyOverlay>
  );
}
