"use client";

import { ToggleGroup as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

interface SegmentedProps<T extends string> {
  readonly value: T;
  readonly onValueChange: (value: T) => void;
  readonly options: readonly T[];
  readonly label: string;
  readonly className?: string;
  readonly disabled?: boolean;
  readonly children: (option: T) => React.ReactNode;
}

/** One of a few, all in sight. Pressing the chosen one keeps it. */
export function Segmented<T extends string>({
  value,
  onValueChange,
  options,
  label,
  className,
  disabled = false,
  children,
}: SegmentedProps<T>) {
  return (
    <Primitive.Root
      data-slot="segmented"
      type="single"
      value={value}
      disabled={disabled}
      aria-label={label}
      onValueChange={(next) => {
        const chosen = options.find((option) => option === next);
        if (chosen !== undefined) onValueChange(chosen);
      }}
      className={cn("inline-flex shrink-0 rounded-sm border border-input bg-muted p-px", className)}
    >
      {options.map((option) => (
        <SegmentedItem key={option} value={option}>
          {children(option)}
        </SegmentedItem>
      ))}
    </Primitive.Root>
  );
}

function SegmentedItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="segmented-item"
      className={cn(
        "inline-flex h-[calc(var(--h-control-sm)-4px)] items-center gap-1 rounded-[5px] px-2 text-xs font-medium whitespace-nowrap text-muted-foreground",
        "transition-colors duration-90 hover:text-foreground data-[state=on]:bg-card data-[state=on]:text-foreground data-[state=on]:shadow-xs data-[state=on]:ring-1 data-[state=on]:ring-border",
        className,
      )}
      {...props}
    />
  );
}
