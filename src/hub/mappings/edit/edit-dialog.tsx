"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import type { MappingRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { draftMapping, mappingChange } from "./mapping-draft.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { RefusedNote } from "./refused-note.tsx";

/** Change a mapping by hand. Only what was changed is sent, so that what others change meanwhile stays. */
export default function EditDialog({ mapping, onClose }: { mapping: MappingRecord; onClose: () => void }) {
  const t = useTranslations("mappings.edit");
  const id = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [stored] = useState(mapping);
  const [draft, setDraft] = useState(() => draftMapping(mapping));
  const [refused, setRefused] = useState<KhotanApiError | null>(null);
  const checked = mappingChange(stored, draft);
  const change = checked.problem === null ? checked.change : null;
  const none = change !== null && Object.keys(change).length === 0;
  const save = useAction("updateMapping", {
    onDone: (now) => {
      queryClient.setQueryData(apiKey("getMapping", { params: { id: now.id } }), now);
      for (const name of ["listMappingHistory", "mappings"]) void queryClient.invalidateQueries({ queryKey: [name] });
      onClose();
      toast.done(t("saved"), { id: now.id });
    },
    onFailed: (error) => {
      setRefused(error);
      return true;
    },
  });
  const input = { params: { id: mapping.id }, body: change ?? {} };
  const blocked = checked.problem ? t(`problem.${checked.problem.why}`) : none ? t("nothing") : undefined;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-120">
        <DialogTitle>{t("title")}</DialogTitle>
        <DialogDescription>{t("text")}</DialogDescription>
        <form
          id={`${id}form`}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (change && !none && !save.pending) save.run(input);
          }}
        >
          <MappingFields
            draft={draft}
            problem={checked.problem}
            onChange={(next) => {
              setDraft(next);
              setRefused(null);
            }}
          />
          {checked.problem && <p className="text-xs text-st-failed-fg">{blocked}</p>}
          <RefusedNote error={refused} onLeave={onClose} />
        </form>
        <DialogFooter>
          {change && !none && <CopyCurl name="updateMapping" input={input} className="mr-auto" />}
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("cancel")}
          </Button>
          <ActionButton
            needs="operator"
            type="submit"
            form={`${id}form`}
            variant="primary"
            size="md"
            pending={save.pending}
            blocked={blocked}
          >
            {t("save")}
          </ActionButton>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
