"use client";

import type { ReactNode } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { HubLink } from "../../routing/hub-link.tsx";

interface NavLinkProps {
  readonly to: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly current?: boolean;
  readonly count?: ReactNode;
  readonly countTone?: "red" | "amber";
}

/** One line of the sidebar; on the rail its icon alone, with the label as its title. */
export function NavLink({ to, icon, label, current = false, count, countTone }: NavLinkProps) {
  return (
    <HubLink
      to={to}
      aria-current={current ? "page" : undefined}
      title={label}
      className={cn(
        "relative flex h-7.5 items-center gap-2.25 rounded-sm px-2 font-medium text-muted-foreground transition-colors duration-90 focus-inset hover:bg-accent hover:text-foreground",
        "rail:h-9 rail:justify-center rail:px-0",
        current && "bg-accent text-foreground [&_svg]:text-primary-text",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate rail:sr-only">{label}</span>
      {count !== undefined && (
        <span
          className={cn(
            "text-2xs text-faint-foreground tabular-nums rail:sr-only",
            countTone === "red" && "text-st-failed-fg",
            countTone === "amber" && "text-st-partial-fg",
          )}
        >
          {count}
        </span>
      )}
    </HubLink>
  );
}
