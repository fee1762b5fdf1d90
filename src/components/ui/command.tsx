"use client";

import { Command as Primitive } from "cmdk";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";

export function Command({ className, ...props }: ComponentProps<typeof Primitive>) {
  return <Primitive data-slot="command" className={cn("flex min-h-0 flex-col", className)} {...props} />;
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div data-slot="command-input-wrapper" className="flex h-11.5 shrink-0 items-center gap-2.5 border-b px-3.5">
      <Icon name="search" className="text-muted-foreground" />
      <Primitive.Input
        data-slot="command-input"
        className={cn("h-full min-w-0 flex-1 bg-transparent text-md outline-none", className)}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return (
    <Primitive.List
      data-slot="command-list"
      className={cn("max-h-96 scroll-py-1.5 overflow-y-auto px-1.5 pb-1.5", className)}
      {...props}
    />
  );
}

export function CommandEmpty(props: ComponentProps<typeof Primitive.Empty>) {
  return <Primitive.Empty data-slot="command-empty" className="px-2 py-6 text-muted-foreground" {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      data-slot="command-group"
      className={cn(
        "**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-2xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-faint-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      data-slot="command-item"
      className={cn(
        "flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2 outline-none select-none data-[disabled=true]:text-faint-foreground data-[selected=true]:bg-accent small:h-11 [&>svg]:text-faint-foreground",
        className,
      )}
      {...props}
    />
  );
}
