import type { ReactNode } from "react";
import { cn } from "../../components/ui/cn.ts";

/** Label and value, row by row. What is unknown says so in words, never with a dash. */
export function KeyValues({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl data-slot="key-values" className={cn("grid grid-cols-[88px_minmax(0,1fr)] gap-x-3", className)}>
      {children}
    </dl>
  );
}

export function KeyValue({
  label,
  children,
  className,
}: {
  label: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <>
      <dt className="flex min-h-6.5 items-center text-muted-foreground">{label}</dt>
      <dd className={cn("flex min-h-6.5 min-w-0 items-center gap-1.5", className)}>{children}</dd>
    </>
  );
}
