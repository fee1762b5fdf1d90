import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** Several lines, in mono: what is written here is JSON or a list. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      data-slot="textarea"
      spellCheck={false}
      autoComplete="off"
      className={cn(
        "w-full resize-y rounded-sm border border-input bg-card px-2.5 py-2 font-mono text-xs leading-4.75 shadow-xs input-focus aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}
