import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const tagVariants = cva(
  "inline-flex h-4.5 shrink-0 items-center gap-1 rounded-[5px] px-1.5 align-middle text-2xs font-medium whitespace-nowrap",
  {
    variants: {
      variant: {
        soft: "bg-accent text-muted-foreground",
        line: "text-muted-foreground ring-1 ring-border-strong ring-inset",
        count: "h-4 bg-accent px-[5px] text-muted-foreground tabular-nums",
        red: "h-4 bg-st-failed-bg px-[5px] text-st-failed-fg tabular-nums",
        dead: "h-4 bg-st-dead-bg px-[5px] text-st-dead-fg tabular-nums",
        amber: "h-4 bg-st-partial-bg px-[5px] text-st-partial-fg tabular-nums",
        machine: "bg-accent font-mono font-normal text-muted-foreground",
      },
    },
    defaultVariants: { variant: "soft" },
  },
);

export function Tag({ className, variant, ...props }: ComponentProps<"span"> & VariantProps<typeof tagVariants>) {
  return <span data-slot="tag" className={cn(tagVariants({ variant }), className)} {...props} />;
}
