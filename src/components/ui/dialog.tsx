"use client";

import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { usePortalRoot } from "./portal-root.tsx";

export const Dialog = Primitive.Root;

export function DialogOverlay({ className, ...props }: ComponentProps<typeof Primitive.Overlay>) {
  return (
    <Primitive.Overlay
      data-slot="dialog-overlay"
      className={cn("fixed inset-0 z-40 animate-in bg-scrim", className)}
      {...props}
    />
  );
}

export function DialogContent({ className, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  const container = usePortalRoot();
  return (
    <Primitive.Portal container={container}>
      <DialogOverlay />
      <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center p-4 small:items-end small:p-2">
        <Primitive.Content
          data-slot="dialog-content"
          className={cn(
            "pointer-events-auto flex max-h-full w-full max-w-105 animate-in flex-col gap-3 overflow-auto rounded-lg border border-border-strong bg-popover p-4.5 shadow-lg outline-none",
            className,
          )}
          {...props}
        >
          {children}
        </Primitive.Content>
      </div>
    </Primitive.Portal>
  );
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return (
    <Primitive.Title
      data-slot="dialog-title"
      className={cn("text-[15px] leading-5 font-semibold", className)}
      {...props}
    />
  );
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof Primitive.Description>) {
  return (
    <Primitive.Description
      data-slot="dialog-description"
      className={cn("-mt-1.5 text-pretty text-muted-foreground", className)}
      {...props}
    />
  );
}

export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      data-slot="dialog-footer"
      className={cn("flex justify-end gap-1.5 pt-0.5 small:flex-col-reverse", className)}
      {...props}
    />
  );
}
