"use client";

import type { ReactNode } from "react";
import { cn } from "../../components/ui/cn.ts";
import { HubLink } from "../routing/hub-link.tsx";

interface RoomTabsProps {
  /** What the tabs are of, for screen readers. */
  readonly label: string;
  readonly current: string;
  readonly tabs: readonly {
    readonly id: string;
    readonly to: string;
    readonly label: string;
    readonly count?: ReactNode;
  }[];
}

/** The places of one room, side by side; each has its own address. */
export function RoomTabs({ label, current, tabs }: RoomTabsProps) {
  return (
    <nav aria-label={label} className="no-scrollbar flex shrink-0 gap-4.5 overflow-x-auto border-b px-gutter">
      {tabs.map(({ id, to, label: name, count }) => (
        <HubLink
          key={id}
          to={to}
          aria-current={id === current ? "page" : undefined}
          className={cn(
            "inline-flex h-9 shrink-0 items-center gap-1.5 border-b-[1.5px] border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:text-foreground small:h-10",
            id === current && "border-foreground text-foreground",
          )}
        >
          {name}
          {count}
        </HubLink>
      ))}
    </nav>
  );
}
