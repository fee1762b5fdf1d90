import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

/** The browser's own select: it works with every keyboard, screen reader and phone. */
export function Select({ className, children, ...props }: ComponentProps<"select">) {
  return (
    <span data-slot="select" className="relative inline-flex w-full">
      <select
        className={cn(
          "h-control-sm w-full appearance-none rounded-sm border border-input bg-card pr-7 pl-2 text-xs shadow-xs input-focus aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground",
          className,
        )}
        {...props}
      >
        {children}
      </select>
      <Icon name="chevron-down" className="pointer-events-none absolute top-1/2 right-2 size-3 -translate-y-1/2" />
    </span>
  );
}
