"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { usePortalRoot } from "./portal-root.tsx";

export const TooltipProvider = Primitive.Provider;

interface TooltipProps {
  readonly content: ReactNode;
  readonly children: ReactNode;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly className?: string;
  /** Without content there is nothing to show: the child stays as it is. */
  readonly disabled?: boolean;
}

/** For exact values and for why something is disabled; never for what one needs in order to act. */
export function Tooltip({ content, children, side = "top", className, disabled = false }: TooltipProps) {
  const container = usePortalRoot();
  if (disabled) return children;
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content
          data-slot="tooltip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 max-w-80 animate-in rounded-sm bg-foreground px-2 py-1 text-2xs text-background tabular-nums",
            className,
          )}
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
