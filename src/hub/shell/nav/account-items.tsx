"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import {
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "../../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { useHub } from "../../config.tsx";
import { COOKIES, LOCALES, remember } from "../preferences.ts";
import { signOut } from "./sign-out.ts";
import { ThemeItems } from "./theme-items.tsx";

/** Theme, language, sign out. */
export function AccountItems() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const { authPath, signInPath } = useHub();
  return (
    <>
      <DropdownMenuLabel>{t("theme.title")}</DropdownMenuLabel>
      <ThemeItems />
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={locale}
        onValueChange={(next) => {
          remember(COOKIES.locale, next);
          router.refresh();
        }}
      >
        {LOCALES.map((option) => (
          <DropdownMenuRadioItem key={option} value={option} lang={option}>
            {t(`locale.${option}`)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      {authPath && (
        <>
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => void signOut(authPath, signInPath)}>
            <Icon name="sign-out" />
            {t("signOut")}
          </DropdownMenuItem>
        </>
      )}
    </>
  );
}
