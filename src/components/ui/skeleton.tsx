import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** A bar where text will be. Shows itself only after 150 ms. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden="true"
      className={cn("block h-2.25 animate-late rounded-xs bg-accent", className)}
      {...props}
    />
  );
}
