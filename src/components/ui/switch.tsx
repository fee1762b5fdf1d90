"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

/** Only for "enabled". What has consequences to weigh (pause, disconnect) is a button. */
export function Switch({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      data-slot="switch"
      className={cn(
        "relative h-4 w-7 shrink-0 rounded-full bg-control transition-colors duration-160 data-[state=checked]:bg-primary hit",
        "disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb
        data-slot="switch-thumb"
        className="block size-3 translate-x-0.5 rounded-full bg-white shadow-xs transition-transform duration-160 ease-out data-[state=checked]:translate-x-3.5"
      />
    </Primitive.Root>
  );
}
