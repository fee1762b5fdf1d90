import type { ReactNode } from "react";
import { cn } from "../../components/ui/cn.ts";
import { Icon, type IconName } from "../../components/ui/icon.tsx";
import { StatusIcon } from "./status/status-icon.tsx";
import type { Look } from "./status/status-looks.ts";
import { TONE_CLASSES } from "./status/tone-classes.ts";

interface NoteProps {
  readonly look: Look;
  /** Replaces the status' own drawing, e.g. `warn`. */
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly className?: string;
  readonly role?: "alert" | "status";
}

/** A panel with a status' soft fill: what happened, and what to do about it. */
export function Note({ look, icon, children, className, role }: NoteProps) {
  const tone = TONE_CLASSES[look.tone];
  return (
    <div
      data-slot="note"
      role={role}
      className={cn("flex gap-2.5 rounded-md px-3 py-2.5 ring-1 ring-inset", tone.soft, className)}
    >
      {icon ? (
        <Icon name={icon} className={cn("mt-0.5", tone.solid)} />
      ) : (
        <StatusIcon look={look} className="mt-0.5 size-4" />
      )}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
