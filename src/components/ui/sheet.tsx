"use client";

import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { DialogOverlay } from "./dialog.tsx";
import { usePortalRoot } from "./portal-root.tsx";

export const Sheet = Primitive.Root;
export const SheetTitle = Primitive.Title;

/** Floats at the right edge, or rises from the bottom; traps the focus while it is open. */
export function SheetContent({
  className,
  side = "right",
  children,
  ...props
}: ComponentProps<typeof Primitive.Content> & { side?: "right" | "bottom" }) {
  const container = usePortalRoot();
  return (
    <Primitive.Portal container={container}>
      <DialogOverlay />
      <Primitive.Content
        data-slot="sheet-content"
        className={cn(
          "fixed z-50 flex flex-col bg-background shadow-lg outline-none",
          side === "right" &&
            "inset-y-0 right-0 w-full max-w-144 animate-sheet-in border-l small:max-w-none small:border-0",
          side === "bottom" &&
            "inset-x-0 bottom-0 max-h-[85dvh] animate-in rounded-t-lg border-t pb-[env(safe-area-inset-bottom)]",
          className,
        )}
        {...props}
      >
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
