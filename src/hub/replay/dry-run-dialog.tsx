"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../components/ui/dialog.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { ActionButton } from "../parts/action/action-button.tsx";
import { CopyCurl } from "../parts/action/copy-curl.tsx";
import { IdChip } from "../parts/id-chip.tsx";
import { Note } from "../parts/note.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { RunDiffView } from "./run-diff-view.tsx";
import { useDryRun } from "./use-dry-run.ts";

interface DryRunDialogProps {
  readonly of: { readonly kind: "run" | "delivery"; readonly id: string };
  readonly onClose: () => void;
  /** What to do once it is known what would be sent. */
  readonly then?: { readonly label: string; readonly pending: boolean; readonly run: () => void };
}

/** Runs the handler without sending anything, and shows what it would send that it did not before. */
export default function DryRunDialog({ of, onClose, then }: DryRunDialogProps) {
  const t = useTranslations("replay");
  const ofRun = useDryRun("dryRunRun");
  const ofDelivery = useDryRun("dryRunDelivery");
  const { kind, id } = of;
  const chosen = kind === "run" ? ofRun : ofDelivery;
  const { run } = chosen;
  const begun = useRef(false);
  useEffect(() => {
    // Once: a dry run makes a run of its own.
    if (begun.current) return;
    begun.current = true;
    run({ params: { id } });
  }, [run, id]);
  const { result } = chosen;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-180">
        <DialogTitle>{t("title")}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
        {chosen.failed && (
          <Note look={RUN_LOOKS.failed} role="alert">
            <p className="font-medium">{chosen.failed.message}</p>
            {chosen.failed.hint && <p className="text-xs">{chosen.failed.hint}</p>}
          </Note>
        )}
        {!result && !chosen.failed && (
          <div role="status" aria-label={t("running")} className="flex flex-col gap-3 py-4">
            <Skeleton className="w-3/5" />
            <Skeleton className="w-2/5" />
          </div>
        )}
        {result && (
          <>
            {result.run.error && (
              <Note look={RUN_LOOKS.failed}>
                <p className="font-medium">{t("failsAgain", { cause: result.run.error.code })}</p>
                <p className="text-xs">{result.run.error.message}</p>
              </Note>
            )}
            <RunDiffView diff={result.diff} />
            <p className="flex items-center gap-1.5 text-xs text-muted-foreground">
              {t("keptAs")} <IdChip id={result.run.id} short to={`/runs/${result.run.id}`} />
            </p>
          </>
        )}
        <DialogFooter>
          <CopyCurl name={kind === "run" ? "dryRunRun" : "dryRunDelivery"} input={{ params: { id } }} />
          <span className="flex-1" />
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("close")}
          </Button>
          {then && (
            <ActionButton
              needs="operator"
              variant="primary"
              size="md"
              icon="retry"
              pending={then.pending}
              onClick={then.run}
            >
              {then.label}
            </ActionButton>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
