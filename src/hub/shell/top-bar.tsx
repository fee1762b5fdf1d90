"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { HubLink } from "../routing/hub-link.tsx";
import { LiveState } from "./live-state.tsx";
import { TenantMenu } from "./tenant-menu.tsx";
import { ThemeMenu } from "./theme-menu.tsx";

export interface TopBarProps {
  readonly title: string;
  /** The list this record belongs to; without it the title is the page's `h1`. */
  readonly parent?: { readonly to: string; readonly label: string };
  /** One figure beside the title. */
  readonly meta?: ReactNode;
  /** Previous and next record. */
  readonly stepper?: ReactNode;
}

/** Where one is, then record stepper, tenant, live state, theme. Actions live in the page. */
export function TopBar({ title, parent, meta, stepper }: TopBarProps) {
  const t = useTranslations("shell");
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b pr-4 pl-(--gutter) small:pr-2">
      {parent ? (
        <nav aria-label={t("breadcrumb")} className="flex min-w-0 items-center gap-1.5 font-medium">
          <HubLink to={parent.to} keepQuery className="rounded-xs text-muted-foreground hover:text-foreground">
            {parent.label}
          </HubLink>
          <span aria-hidden="true" className="font-normal text-faint-foreground">
            {"/"}
          </span>
          <span aria-current="page" className="truncate">
            {title}
          </span>
        </nav>
      ) : (
        <div className="flex min-w-0 items-baseline gap-3">
          <h1 className="truncate text-lg font-semibold tracking-[-0.012em]">{title}</h1>
          {meta && <span className="truncate text-xs text-muted-foreground tabular-nums">{meta}</span>}
        </div>
      )}
      <span className="flex-1" />
      {stepper}
      <TenantMenu />
      <LiveState />
      <ThemeMenu />
    </header>
  );
}
