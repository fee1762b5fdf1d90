import type { ReactNode } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { StatusIcon } from "./status-icon.tsx";
import type { Look } from "./status-looks.ts";
import { TONE_CLASSES } from "./tone-classes.ts";

interface StatusBadgeProps {
  readonly look: Look;
  /** The contract's word, or what may stand for it while it moves ("65 %"). */
  readonly children: ReactNode;
  /** Boxed: once per header, never in rows. */
  readonly boxed?: boolean;
  readonly className?: string;
}

/** Word, shape and colour of a status. The same one everywhere. */
export function StatusBadge({ look, children, boxed = false, className }: StatusBadgeProps) {
  const tone = TONE_CLASSES[look.tone];
  return (
    <span
      data-slot="status-badge"
      data-tone={look.tone}
      className={cn(
        "inline-flex shrink-0 items-center gap-1.5 align-middle text-xs font-medium whitespace-nowrap",
        tone.text,
        boxed && ["h-5.5 rounded-sm pr-2 pl-1.5 ring-1 ring-inset", tone.soft],
        className,
      )}
    >
      <StatusIcon look={look} />
      {children}
    </span>
  );
}
