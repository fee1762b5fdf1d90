"use client";

import { type ReactNode, useRef } from "react";
import { cn } from "../../components/ui/cn.ts";
import { Tag } from "../../components/ui/tag.tsx";

interface TabListProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly {
    readonly id: T;
    readonly label: string;
    readonly count?: number;
    /** Something in it wants to be put right. */
    readonly wrong?: boolean;
  }[];
  readonly current: T;
  readonly onChange: (tab: T) => void;
  /** At the right end. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Tabs with counts; arrows go along, as the pattern for tabs asks. */
export function TabList<T extends string>({ label, tabs, current, onChange, children, className }: TabListProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const go = (step: number) => {
    const at = tabs.findIndex(({ id }) => id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className={cn("flex min-h-9.5 shrink-0 items-center gap-2 border-b px-4", className)}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="no-scrollbar flex min-w-0 flex-1 gap-4 self-stretch overflow-x-auto"
      >
        {tabs.map(({ id, label: text, count = 0, wrong = false }) => (
          <button
            key={id}
            type="button"
            role="tab"
            data-tab={id}
            aria-selected={id === current}
            tabIndex={id === current ? 0 : -1}
            onClick={() => onChange(id)}
            onKeyDown={({ key }) => (key === "ArrowRight" ? go(1) : key === "ArrowLeft" ? go(-1) : undefined)}
            className={cn(
              "-mb-px flex shrink-0 items-center gap-1.5 border-b-2 border-transparent font-medium text-muted-foreground focus-inset hover:text-foreground",
              id === current && "border-foreground text-foreground",
            )}
          >
            {text}
            {count > 0 && <Tag variant={wrong ? "red" : "count"}>{count}</Tag>}
            {count === 0 && wrong && <span className="size-1.5 rounded-full bg-st-failed" aria-hidden="true" />}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
