import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm border font-medium whitespace-nowrap select-none",
    "transition-colors duration-90 ease-out",
    "disabled:cursor-not-allowed disabled:border-border disabled:bg-muted disabled:text-faint-foreground disabled:shadow-none",
    "aria-disabled:cursor-not-allowed aria-disabled:border-border aria-disabled:bg-muted aria-disabled:text-faint-foreground aria-disabled:shadow-none",
  ],
  {
    variants: {
      variant: {
        outline: "border-input bg-card shadow-xs hover:bg-accent data-[state=open]:bg-accent",
        primary:
          "border-primary bg-primary text-primary-foreground shadow-xs hover:border-primary-hover hover:bg-primary-hover",
        ghost:
          "border-transparent text-muted-foreground hover:bg-accent hover:text-foreground data-[state=open]:bg-accent data-[state=open]:text-foreground disabled:border-transparent disabled:bg-transparent aria-disabled:border-transparent aria-disabled:bg-transparent",
        danger: "border-input bg-card text-st-failed-fg shadow-xs hover:bg-st-failed-bg",
        destructive: "border-destructive bg-destructive text-destructive-foreground shadow-xs hover:opacity-90",
        link: "h-auto border-transparent px-0 text-primary-text hover:underline disabled:border-transparent disabled:bg-transparent aria-disabled:border-transparent aria-disabled:bg-transparent aria-disabled:no-underline",
      },
      size: {
        sm: "h-control-sm px-2.5 text-xs hit",
        md: "h-control px-3 text-sm hit",
        lg: "h-10 px-4 text-md",
        icon: "size-control-sm p-0 hit",
        text: "h-auto p-0 text-xs hit",
      },
    },
    defaultVariants: { variant: "outline", size: "sm" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Render the child element with the button's looks, e.g. a link. */
  readonly asChild?: boolean;
}

export function Button({ className, variant, size, asChild = false, type = "button", ...props }: ButtonProps) {
  const Component = asChild ? Slot.Root : "button";
  return (
    <Component
      data-slot="button"
      {...(asChild ? {} : { type })}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
    />
  );
}
