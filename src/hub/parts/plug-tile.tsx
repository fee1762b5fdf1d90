import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "../../components/ui/cn.ts";

const tileVariants = cva(
  "grid shrink-0 place-items-center bg-accent font-semibold text-foreground ring-1 ring-border ring-inset select-none",
  {
    variants: {
      size: {
        sm: "size-4.5 rounded-[5px] text-[9px] leading-none",
        md: "size-6 rounded-sm text-2xs leading-none",
        lg: "size-8 rounded-md text-[13px] leading-none",
      },
    },
    defaultVariants: { size: "sm" },
  },
);

/** The two letters that stand for a plug: "sandbox-west" is "Sw". Decorative; the name stands beside it. */
export function PlugTile({
  name,
  size,
  className,
}: { name: string; className?: string } & VariantProps<typeof tileVariants>) {
  return (
    <span data-slot="plug-tile" aria-hidden="true" className={cn(tileVariants({ size }), className)}>
      {plugLetters(name)}
    </span>
  );
}

export function plugLetters(name: string): string {
  const [first = "", second = ""] = name.split("-").filter((part) => part !== "");
  const letters = second ? first.slice(0, 1) + second.slice(0, 1) : first.slice(0, 2);
  return letters.slice(0, 1).toUpperCase() + letters.slice(1).toLowerCase();
}
