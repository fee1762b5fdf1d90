import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        "min-w-4.5 rounded-xs border bg-muted px-1 text-center font-sans text-2xs font-medium text-faint-foreground",
        className,
      )}
      {...props}
    />
  );
}
