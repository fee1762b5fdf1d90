"use client";

import { Checkbox as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="checkbox"
      className={cn(
        "group grid size-3.5 shrink-0 place-items-center rounded-xs border-[1.25px] border-control bg-card text-primary-foreground hit",
        "data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:border-primary data-[state=indeterminate]:bg-primary",
        className,
      )}
      {...props}
    >
      <Primitive.Indicator data-slot="checkbox-indicator">
        <Icon name="check" strokeWidth={1.9} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Icon name="minus" strokeWidth={1.9} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}
