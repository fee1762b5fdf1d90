"use client";

import { lazy } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { useOverview } from "../../data/use-overview.ts";
import { LazyOverlay } from "../../parts/lazy-overlay.tsx";
import { initials } from "./initials.ts";

const load = () => import("./account-menu-open.tsx");
const AccountMenuOpen = lazy(load);

/** Who is signed in, and as what. */
export function AccountMenu() {
  const t = useTranslations("shell");
  const { data, error } = useOverview();
  const principal = data?.principal;
  // Who it is may not be known; theme, language and the way out are there all the same.
  if (!principal && !error) return <div className="h-8" />;
  return (
    <LazyOverlay
      load={load}
      trigger={
        <button
          type="button"
          aria-label={t("account")}
          className="flex items-center gap-2 rounded-sm px-2 py-1 text-left transition-colors duration-90 focus-inset hover:bg-accent data-[state=open]:bg-accent rail:justify-center rail:px-0"
        >
          {principal ? <Avatar name={principal.name} /> : <Icon name="user" className="mx-1" />}
          <span className="min-w-0 flex-1 truncate text-xs font-medium rail:hidden">
            {principal?.name ?? t("account")}
          </span>
          <span className="text-2xs text-faint-foreground rail:hidden">{principal?.role}</span>
        </button>
      }
    >
      {(trigger) => <AccountMenuOpen trigger={trigger} />}
    </LazyOverlay>
  );
}

function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="size-6 shrink-0 rounded-full bg-primary-soft text-center text-[10px] leading-6 font-semibold text-primary-text"
    >
      {initials(name)}
    </span>
  );
}
