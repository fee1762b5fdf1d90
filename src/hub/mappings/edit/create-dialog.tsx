"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Select } from "../../../components/ui/select.tsx";
import type { ResourceRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";
import { type MappingDraft, mappingChange } from "./mapping-draft.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { RefusedMapping } from "./refused-mapping.tsx";

interface CreateDialogProps {
  /** At least one. */
  readonly resources: readonly ResourceRecord[];
  readonly first: string | null;
  readonly tenant: string | undefined;
  readonly onClose: () => void;
}

const emptyFor = (resource: ResourceRecord | undefined): MappingDraft => ({
  connect: Object.fromEntries((resource?.connectFields ?? []).map((field) => [field, ""])),
  refs: [],
  metadata: "",
});

const NOTHING = { connect: {}, refs: {}, metadata: {} };

/** Say by hand which record is which; if the connect value is known, the refs are added to its mapping. */
export default function CreateDialog({ resources, first, tenant, onClose }: CreateDialogProps) {
  const t = useTranslations("mappings.edit");
  const id = useId();
  const toast = useToast();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState(first ?? resources[0]?.name ?? "");
  const resource = resources.find((one) => one.name === name);
  const [draft, setDraft] = useState(() => emptyFor(resource));
  const [refused, setRefused] = useState<KhotanApiError | null>(null);
  const checked = mappingChange(NOTHING, draft);
  const create = useAction("createMapping", {
    onDone: (made) => {
      for (const read of ["mappings", "listResources"]) void queryClient.invalidateQueries({ queryKey: [read] });
      onClose();
      navigate(`/mappings/${made.id}`, { keepQuery: true });
      toast.done(t("made"), { id: made.id });
    },
    onFailed: (error) => {
      setRefused(error);
      return true;
    },
  });
  const change = checked.problem === null ? checked.change : {};
  const refs = Object.fromEntries(
    Object.entries(change.refs ?? {}).flatMap(([plug, ref]) => (ref === null ? [] : [[plug, ref]])),
  );
  const input = {
    body: {
      resource: name,
      ...(tenant === undefined ? {} : { tenant }),
      connect: change.connect ?? {},
      refs,
      ...(change.metadata ? { metadata: change.metadata } : {}),
    },
  };
  const blocked = checked.problem ? t(`problem.${checked.problem.why}`) : undefined;
  return (
    <FormDialog
      className="max-w-120"
      title={t("newTitle")}
      text={t("newText")}
      submit={t("make")}
      needs="operator"
      pending={create.pending}
      blocked={blocked}
      curl={checked.problem === null && <CopyCurl name="createMapping" input={input} className="mr-auto" />}
      onSubmit={() => create.run(input)}
      onClose={onClose}
    >
      {resources.length > 1 && (
        <label htmlFor={`${id}resource`} className="grid gap-1">
          <span className="text-xs font-medium">{t("resource")}</span>
          <Select
            id={`${id}resource`}
            className="h-control"
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setDraft(emptyFor(resources.find((one) => one.name === event.target.value)));
            }}
          >
            {resources.map((one) => (
              <option key={one.name} value={one.name}>
                {one.label}
              </option>
            ))}
          </Select>
        </label>
      )}
      <MappingFields
        draft={draft}
        problem={checked.problem?.why === "empty" ? null : checked.problem}
        onChange={(next) => {
          setDraft(next);
          setRefused(null);
        }}
      />
      <RefusedMapping error={refused} onLeave={onClose} />
    </FormDialog>
  );
}
