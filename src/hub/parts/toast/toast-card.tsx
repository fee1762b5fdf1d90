"use client";

import { useTranslations } from "use-intl";
import { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { IdChip } from "../id-chip.tsx";
import { StatusIcon } from "../status/status-icon.tsx";
import { RUN_LOOKS } from "../status/status-looks.ts";
import type { ToastAction } from "./use-toast.ts";

interface ToastCardProps {
  readonly text: string;
  /** Set when something failed. */
  readonly error?: Error;
  readonly action?: ToastAction | undefined;
  readonly onClose: () => void;
}

export function ToastCard({ text, error, action, onClose }: ToastCardProps) {
  const t = useTranslations("parts");
  const failed = error !== undefined;
  const { hint, requestId } = error instanceof KhotanApiError ? error : {};
  return (
    <div
      data-slot="toast"
      role={failed ? "alert" : "status"}
      className="flex w-full items-center gap-2.5 rounded-md border border-border-strong bg-popover py-2 pr-2 pl-3 text-sm text-foreground shadow-lg"
    >
      {failed ? (
        <StatusIcon look={RUN_LOOKS.failed} className="size-4 self-start mt-1.5" />
      ) : (
        <Icon name="check" className="text-st-succeeded" />
      )}
      <div className="min-w-0 flex-1 py-1">
        <p className="text-pretty">{text}</p>
        {hint && <p className="text-xs text-pretty text-muted-foreground">{hint}</p>}
        {requestId && <IdChip id={requestId} boxed className="mt-1.5" />}
      </div>
      {action && (
        <Button
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button variant="ghost" size="icon" aria-label={t("close")} onClick={onClose} className="self-start">
        <Icon name="x" className="size-3.5" />
      </Button>
    </div>
  );
}
