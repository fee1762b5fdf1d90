"use client";

import { lazy, Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import type { FlowRecord } from "../../../contract/index.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";

const load = () => import("./run-now-dialog.tsx");
const RunNowDialog = lazy(load);

interface RunNowButtonProps {
  /** Which flow, and the variant that is chosen first. */
  readonly row: {
    readonly flow: Pick<FlowRecord, "id" | "name" | "enabled" | "variants">;
    readonly variant: string | null;
  };
  /** The icon alone, as in a table. */
  readonly compact?: boolean;
  readonly primary?: boolean;
}

/** Asks for variant, tenant and body, and starts a run. */
export function RunNowButton({ row, compact = false, primary = false }: RunNowButtonProps) {
  const t = useTranslations("flows");
  const [open, setOpen] = useState(false);
  const { flow, variant } = row;
  const label = t("runOf", { flow: variant === null ? flow.name : `${flow.name} ${variant}` });
  return (
    <>
      <ActionButton
        needs="operator"
        icon="play"
        size={compact ? "icon" : "sm"}
        variant={primary ? "primary" : "outline"}
        blocked={flow.enabled ? undefined : t("run.blocked", { flow: flow.name })}
        aria-label={compact ? label : undefined}
        aria-haspopup="dialog"
        title={compact ? label : undefined}
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
      >
        {!compact && t("runNow")}
      </ActionButton>
      {open && (
        <Suspense>
          <RunNowDialog flow={flow} variant={variant} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
