"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Label } from "../../../components/ui/label.tsx";
import type { DebugSend, SavedRequest } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";

interface SaveDialogProps {
  readonly plug: string;
  readonly request: DebugSend;
  /** The one to rename. */
  readonly saved?: SavedRequest;
  /** What the name could be. */
  readonly proposal?: string;
  readonly onClose: () => void;
}

/** Keep a request under a name, or give one another name. */
export function SaveDialog({ plug, request, saved, proposal = "", onClose }: SaveDialogProps) {
  const t = useTranslations("debugger");
  const toast = useToast();
  const queries = useQueryClient();
  const id = useId();
  const [name, setName] = useState(saved?.name ?? proposal);
  const [taken, setTaken] = useState("");
  const save = useAction("saveRequest", {
    onDone: (done) => {
      void queries.invalidateQueries({ queryKey: ["listSavedRequests"] });
      onClose();
      toast.done(t(saved ? "saved.renamed" : "saved.saved", { name: done.name }), { id: `saved:${done.id}` });
    },
    onFailed: (error) => {
      setTaken(error.message);
      return true;
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <form
          className="contents"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === "" || save.pending) return;
            save.run({ params: { plug }, body: { ...(saved ? { id: saved.id } : {}), name: name.trim(), request } });
          }}
        >
          <DialogTitle>{t(saved ? "saved.renameTitle" : "saved.saveTitle")}</DialogTitle>
          <DialogDescription>{t("saved.saveText")}</DialogDescription>
          <div className="flex flex-col gap-1">
            <Label htmlFor={id}>{t("saved.name")}</Label>
            <Input
              id={id}
              autoFocus
              maxLength={120}
              value={name}
              aria-invalid={taken !== "" || undefined}
              aria-describedby={taken ? `${id}-taken` : undefined}
              onChange={(event) => {
                setName(event.target.value);
                setTaken("");
              }}
            />
            {taken && (
              <p id={`${id}-taken`} role="alert" className="text-xs text-st-failed-fg">
                {taken}
              </p>
            )}
          </div>
          <DialogFooter>
            <Button variant="ghost" size="md" onClick={onClose}>
              {t("saved.cancel")}
            </Button>
            <ActionButton
              needs="operator"
              type="submit"
              variant="primary"
              size="md"
              pending={save.pending}
              blocked={name.trim() === "" ? t("saved.nameNeeded") : undefined}
            >
              {t(saved ? "saved.renameDo" : "saved.saveDo")}
            </ActionButton>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
