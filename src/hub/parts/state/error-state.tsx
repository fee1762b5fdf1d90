"use client";

import { useLocale, useTranslations } from "use-intl";
import { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { IdChip } from "../id-chip.tsx";
import { formatClock } from "../time/format-time.ts";

interface ErrorStateProps {
  /** What failed: "The runs could not be loaded". */
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
  /** When what is still on screen was read, in milliseconds. */
  readonly staleSince?: number;
  readonly className?: string;
}

/** One region failed; the rest of the page stays usable. */
export function ErrorState({ title, error, onRetry, staleSince = 0, className }: ErrorStateProps) {
  const t = useTranslations("parts");
  const locale = useLocale();
  const known = error instanceof KhotanApiError ? error : undefined;
  return (
    <div
      data-slot="error-state"
      role="alert"
      className={cn(
        "flex max-w-[72ch] flex-col items-start gap-2 rounded-md border border-dashed border-border-strong px-4 py-3.5",
        className,
      )}
    >
      <p className="flex items-center gap-2 font-medium">
        <Icon name="warn" className="text-st-failed" />
        {title}
      </p>
      <p className="text-xs leading-4.5 text-pretty text-muted-foreground">
        {error.message} {known?.hint} {staleSince > 0 && t("asOf", { time: formatClock(staleSince, locale) })}
      </p>
      <div className="flex flex-wrap items-center gap-1.5">
        {onRetry && (
          <Button onClick={onRetry}>
            <Icon name="retry" className="size-3.5" />
            {t("retry")}
          </Button>
        )}
        {known?.requestId && <IdChip id={known.requestId} boxed />}
      </div>
    </div>
  );
}
