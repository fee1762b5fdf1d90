import { Skeleton } from "../../../components/ui/skeleton.tsx";

export function CardsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="grid grid-cols-[repeat(auto-fill,minmax(212px,1fr))] gap-3">
      {["a", "b", "c", "d"].map((card) => (
        <div key={card} className="flex h-33 flex-col gap-4 rounded-md border p-3">
          <Skeleton className="h-8 w-8 rounded-md" />
          <Skeleton className="w-3/5" />
          <Skeleton className="w-2/5" />
        </div>
      ))}
    </div>
  );
}
