import { Skeleton } from "../../components/ui/skeleton.tsx";

const LINES = ["w-3/5", "w-2/5", "w-4/5", "w-1/2", "w-3/5", "w-2/5"] as const;

/** The three columns before they are known. */
export function DebuggerSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex min-w-0 flex-1 animate-late">
      <div className="flex w-58 flex-col gap-3 border-r p-3 small:hidden">
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
        {LINES.map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          <Skeleton key={at} className={width} />
        ))}
      </div>
      <div className="flex flex-1 flex-col gap-3 border-r p-4">
        <Skeleton className="h-8 w-full" />
        {LINES.map((width, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          <Skeleton key={at} className={width} />
        ))}
      </div>
      <div className="flex-1 p-4 max-lg:hidden">
        <Skeleton className="w-2/5" />
      </div>
    </div>
  );
}
