"use client";

import { useTranslations } from "use-intl";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "../../../components/ui/dropdown-menu.tsx";
import { useOverview } from "../../data/use-overview.ts";
import { AccountItems } from "./account-items.tsx";

/** Who is signed in, and as what. */
export function AccountMenu() {
  const t = useTranslations("shell");
  const principal = useOverview().data?.principal;
  if (!principal) return <div className="h-8" />;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("account")}
        className="flex items-center gap-2 rounded-sm px-2 py-1 text-left transition-colors duration-90 focus-inset hover:bg-accent data-[state=open]:bg-accent rail:justify-center rail:px-0"
      >
        <Avatar name={principal.name} />
        <span className="min-w-0 flex-1 truncate text-xs font-medium rail:hidden">{principal.name}</span>
        <span className="text-2xs text-faint-foreground rail:hidden">{principal.role}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-52">
        <AccountItems />
      </DropdownMenuContent>
    </DropdownMenu>
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

export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => word !== "");
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => word?.slice(0, 1)).join("") : name.slice(0, 2);
  return letters.toUpperCase();
}
