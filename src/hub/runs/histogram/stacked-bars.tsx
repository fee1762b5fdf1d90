import { memo } from "react";
import { cn } from "../../../components/ui/cn.ts";
import type { RunStatus } from "../../../contract/index.ts";
import type { BarRange } from "./brush.ts";
import type { Bar } from "./chart-bars.ts";

/** The solid tone of each status; what went well recedes. */
export const STATUS_FILLS: Readonly<Record<RunStatus, string>> = {
  failed: "bg-st-failed",
  partial: "bg-st-partial",
  cancelled: "bg-st-cancelled",
  succeeded: "bg-chart-ok",
  running: "bg-st-running",
  pending: "bg-st-pending",
};

interface StackedBarsProps {
  readonly bars: readonly Bar[];
  /** What lies outside of it recedes. */
  readonly range: BarRange | null;
}

export const StackedBars = memo(function StackedBars({ bars, range }: StackedBarsProps) {
  return (
    <div aria-hidden="true" className="flex size-full border-b">
      {bars.map(({ at, pieces }, place) => (
        <div
          key={at}
          className={cn(
            "flex min-w-0 flex-1 flex-col-reverse items-center",
            range && (place < range.first || place >= range.end) && "opacity-38",
          )}
        >
          {pieces.map(({ status, size }) => (
            <span
              key={status}
              className={cn("w-[84%] shrink-0", STATUS_FILLS[status])}
              style={{ height: `${size * 100}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
});
