import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const inputClass =
  "flex h-control min-w-0 items-center gap-2 rounded-sm border border-input bg-card px-2.5 shadow-xs transition-[border-color,box-shadow] duration-90 input-focus aria-invalid:border-st-failed has-aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground has-disabled:bg-muted";

export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return <input data-slot="input" type={type} className={cn(inputClass, "w-full", className)} {...props} />;
}

/** A frame around a bare `<input>` with icons or buttons beside it. */
export function InputGroup({ className, ...props }: ComponentProps<"div">) {
  return <div data-slot="input-group" className={cn(inputClass, "cursor-text", className)} {...props} />;
}

export function BareInput({ className, type = "text", ...props }: ComponentProps<"input">) {
  return (
    <input
      data-slot="bare-input"
      type={type}
      className={cn("h-full min-w-0 flex-1 bg-transparent outline-none", className)}
      {...props}
    />
  );
}
