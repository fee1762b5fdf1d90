import { cn } from "../../../components/ui/cn.ts";

/** The sign of the house. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn("grid size-5.5 shrink-0 place-items-center rounded-sm bg-foreground text-background", className)}
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.7}
        strokeLinecap="round"
        className="w-[64%]"
      >
        <path d="M4 2.5v11M4.4 8h2.2l4.6-4.2M6.6 8l4.6 4.2" />
        <circle cx="12.2" cy="3" r="1.5" fill="currentColor" stroke="none" />
        <circle cx="12.2" cy="13" r="1.5" fill="currentColor" stroke="none" />
      </svg>
    </span>
  );
}
