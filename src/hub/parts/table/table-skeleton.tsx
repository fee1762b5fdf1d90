import { cn } from "../../../components/ui/cn.ts";
import { Skeleton } from "../../../components/ui/skeleton.tsx";

interface TableSkeletonProps {
  readonly label: string;
  /** Width of each column in px; 0 takes what is left. */
  readonly widths: readonly number[];
  readonly rows?: number;
  readonly rowHeight: number;
  readonly className?: string;
}

/** The shape of a table that is on its way: same rows, same columns, bars at 60 %. */
export function TableSkeleton({ label, widths, rows = 12, rowHeight, className }: TableSkeletonProps) {
  return (
    <div role="status" aria-label={label} className={cn("overflow-hidden rounded-md border bg-card", className)}>
      <div className="h-8 border-b bg-muted" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <div key={row} className="flex items-center border-b last:border-b-0 small:h-11!" style={{ height: rowHeight }}>
          {widths.map((width, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
            <div key={column} className="px-2.5" style={width > 0 ? { width } : { flex: 1 }}>
              <Skeleton style={{ width: width > 0 ? "60%" : `${[46, 34, 58, 40][row % 4]}%` }} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
