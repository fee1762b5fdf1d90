"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../components/ui/dialog.tsx";
import { Skeleton } from "../../components/ui/skeleton.tsx";
import { useApi } from "../data/use-api.ts";
import { CopyCurl } from "../parts/action/copy-curl.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { RunDiffView } from "./run-diff-view.tsx";

/** What a run sent beside what the run it repeats had sent. */
export default function CompareDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("replay");
  const { data, error, refetch } = useApi("getRunDiff", { params: { id }, query: {} });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-180">
        <DialogTitle>{t("compareTitle")}</DialogTitle>
        <DialogDescription>{t("compareText")}</DialogDescription>
        {error && <ErrorState title={t("compareFailed")} error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="w-3/5" />}
        {data && <RunDiffView diff={data} />}
        <DialogFooter>
          <CopyCurl name="getRunDiff" input={{ params: { id }, query: {} }} />
          <span className="flex-1" />
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("close")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
