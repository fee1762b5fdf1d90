"use client";

import { useTranslations } from "use-intl";
import { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { IdChip } from "../id-chip.tsx";

interface FailedLineProps {
  /** What failed: "The limits could not be loaded". */
  readonly title: string;
  /** The read it is about; nothing is shown while it works. */
  readonly of: { readonly error: Error | null; readonly refetch: () => Promise<unknown> };
  readonly className?: string;
}

/** One line where a small part of a page failed: what, why, and the way to try again. */
export function FailedLine({ title, of, className }: FailedLineProps) {
  const t = useTranslations("parts");
  const { error } = of;
  if (!error) return null;
  const id = error instanceof KhotanApiError ? error.requestId : null;
  return (
    <div
      data-slot="error-state"
      role="alert"
      className={cn("flex flex-wrap items-center gap-x-2 gap-y-1 py-1 text-xs", className)}
    >
      <Icon name="warn" className="size-3.5 text-st-failed" />
      <span className="font-medium">{title}</span>
      <span className="min-w-0 text-pretty text-muted-foreground">{error.message}</span>
      <Button onClick={() => void of.refetch()}>
        <Icon name="retry" className="size-3.5" />
        {t("retry")}
      </Button>
      {id && <IdChip id={id} boxed />}
    </div>
  );
}
