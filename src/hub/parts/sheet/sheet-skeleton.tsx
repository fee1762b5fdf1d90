import { Skeleton } from "../../../components/ui/skeleton.tsx";

const BLOCKS = [132, 116, 240] as const;

/** A record on its way: the panels it will have, at about their heights. */
export function SheetSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4">
      {BLOCKS.map((height) => (
        <div key={height} className="flex flex-col gap-3.5 rounded-md border p-3" style={{ height }}>
          <Skeleton className="w-2/5" />
          <Skeleton className="w-3/5" />
          <Skeleton className="w-1/2" />
        </div>
      ))}
    </div>
  );
}
