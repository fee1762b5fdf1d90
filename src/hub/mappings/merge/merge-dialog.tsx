"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError, ResultFor } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { MappingRecord } from "../../../contract/index.ts";
import { useHub } from "../../config.tsx";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { RefusedMapping } from "../edit/refused-mapping.tsx";
import { connectText } from "../ref-plugs.ts";
import { MergePreview } from "./merge-preview.tsx";
import { PickMapping } from "./pick-mapping.tsx";

interface MergeDialogProps {
  readonly mapping: MappingRecord;
  /** The mapping that is open is the one that goes; `false` when it stays after all. */
  readonly onLeaving: (gone: boolean) => void;
  readonly onClose: () => void;
}

/** Two mappings of one record become one: choose the other, see what would be, then do it. */
export default function MergeDialog({ mapping, onLeaving, onClose }: MergeDialogProps) {
  const t = useTranslations("mappings.merge");
  const { client } = useHub();
  const toast = useToast();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [other, setOther] = useState<MappingRecord | null>(null);
  const [swapped, setSwapped] = useState(false);
  const [refused, setRefused] = useState<KhotanApiError | null>(null);
  const stays = swapped && other ? other : mapping;
  const goes = swapped ? mapping : other;
  const input = { params: { id: stays.id }, body: { from: goes?.id ?? "" } };
  const preview = useQuery<ResultFor<"mergeMapping">, KhotanApiError>({
    queryKey: ["mergePreview", stays.id, goes?.id],
    enabled: goes !== null,
    gcTime: 0,
    meta: { live: "own" },
    queryFn: ({ signal }) => client.mergeMapping({ ...input, body: { ...input.body, preview: true }, signal }),
  });
  const merge = useAction("mergeMapping", {
    onDone: ({ mapping: now }) => {
      for (const name of ["mappings", "listResources"]) {
        void queryClient.invalidateQueries({ queryKey: [name] });
      }
      onClose();
      navigate(`/mappings/${now.id}`, { keepQuery: true, replace: true });
      toast.done(t("done", { record: connectText(now) }), { id: now.id });
    },
    onFailed: (error) => {
      onLeaving(false);
      setRefused(error);
      return true;
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-140">
        <DialogTitle>{t("title", { record: connectText(mapping) })}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
        {!other && <PickMapping mapping={mapping} onPick={setOther} />}
        {other && goes && (
          <>
            <div className="flex flex-wrap items-center gap-2 text-xs">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {t.rich("stays", {
                  stays: connectText(stays),
                  goes: connectText(goes),
                  code: (chunks) => <code>{chunks}</code>,
                })}
              </span>
              <Button onClick={() => setSwapped(!swapped)}>
                <Icon name="flows" className="size-3.5" />
                {t("swap")}
              </Button>
              <Button
                variant="ghost"
                onClick={() => {
                  setOther(null);
                  setSwapped(false);
                  setRefused(null);
                }}
              >
                {t("another")}
              </Button>
            </div>
            {preview.error && (
              <ErrorState title={t("previewFailed")} error={preview.error} onRetry={() => void preview.refetch()} />
            )}
            {preview.data && <MergePreview stays={stays} goes={goes} merged={preview.data} />}
          </>
        )}
        <RefusedMapping error={refused} onLeave={onClose} />
        <DialogFooter>
          {preview.data && <CopyCurl name="mergeMapping" input={input} className="mr-auto" />}
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("cancel")}
          </Button>
          <ActionButton
            needs="operator"
            variant="destructive"
            size="md"
            pending={merge.pending}
            blocked={preview.data ? undefined : t("pickFirst")}
            onClick={() => {
              onLeaving(swapped);
              merge.run(input);
            }}
          >
            {t("confirm")}
          </ActionButton>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
