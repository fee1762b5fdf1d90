"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import type { MappingRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey } from "../../data/use-api.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { draftMapping, mappingChange } from "./mapping-draft.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { RefusedMapping } from "./refused-mapping.tsx";

/** Change a mapping by hand. Only what was changed is sent, so that what others change meanwhile stays. */
export default function EditDialog({ mapping, onClose }: { mapping: MappingRecord; onClose: () => void }) {
  const t = useTranslations("mappings.edit");
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
    <FormDialog
      className="max-w-120"
      title={t("title")}
      text={t("text")}
      submit={t("save")}
      needs="operator"
      pending={save.pending}
      blocked={blocked}
      curl={change && !none && <CopyCurl name="updateMapping" input={input} className="mr-auto" />}
      onSubmit={() => save.run(input)}
      onClose={onClose}
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
      <RefusedMapping error={refused} onLeave={onClose} />
    </FormDialog>
  );
}
