import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "../../components/ui/cn.ts";

const dotVariants = cva("size-1.75 shrink-0 rounded-full", {
  variants: {
    tone: {
      ok: "bg-st-succeeded",
      bad: "bg-st-failed",
      warn: "bg-st-partial",
      retry: "bg-st-retry",
      running: "bg-st-running",
      off: "ring-[1.5px] ring-st-pending ring-inset",
    },
  },
  defaultVariants: { tone: "ok" },
});

export type DotTone = NonNullable<VariantProps<typeof dotVariants>["tone"]>;

/** Health at a glance; the word beside it says which. */
export function Dot({ tone, className }: { tone: DotTone; className?: string }) {
  return <span data-slot="dot" aria-hidden="true" className={cn(dotVariants({ tone }), className)} />;
}
