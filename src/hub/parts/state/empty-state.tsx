import type { ReactNode } from "react";
import { cn } from "../../../components/ui/cn.ts";

interface EmptyStateProps {
  /** What would be here. */
  readonly title: ReactNode;
  /** How to get it. */
  readonly text?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Nothing to show: one line what would be here, one how to get it, and one thing to copy or press. No art. */
export function EmptyState({ title, text, children, className }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn(
        "flex max-w-[72ch] flex-col items-start gap-2 rounded-md border border-dashed border-border-strong px-4 py-3.5",
        className,
      )}
    >
      <p className="font-medium">{title}</p>
      {text && <p className="text-xs leading-4.5 text-pretty text-muted-foreground">{text}</p>}
      {children}
    </div>
  );
}
