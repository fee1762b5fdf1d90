"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import type { PlugRecord, WireRecord } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import type { DraftState } from "../variables/use-draft.ts";
import { VariableRow } from "../variables/variable-row.tsx";

interface WireFieldsProps {
  readonly plug: PlugRecord;
  readonly wire: WireRecord;
  readonly state: DraftState;
}

/** The wire's own variables, such as the secret webhooks are signed with. Before connecting they travel with "Connect". */
export function WireFields({ plug, wire, state }: WireFieldsProps) {
  const t = useTranslations("plugs");
  const toast = useToast();
  const queryClient = useQueryClient();
  const editable = useMay("admin");
  const input = { params: { plug: wire.plug }, query: { tenant: wire.tenant } };
  const save = useAction("connectWire", {
    onDone: (now) => {
      queryClient.setQueryData(apiKey("getWire", input), now);
      toast.done(t("variables.saved", { count: state.changes }), { id: `wire-fields:${plug.name}` });
      state.saved();
    },
    onFailed: state.refused,
  });
  return (
    <div className="border-t [&>*:last-child]:border-b-0">
      {wire.fields.map((field) => (
        <VariableRow key={field.key} field={field} state={state} editable={editable} />
      ))}
      {wire.connected && state.changes > 0 && (
        <footer className="flex min-h-11 items-center justify-end gap-2 px-3 py-2">
          <Button variant="ghost" onClick={state.reset}>
            {t("variables.discard")}
          </Button>
          <ActionButton
            needs="admin"
            variant="primary"
            pending={save.pending}
            blocked={state.problems > 0 ? t("variables.toFix", { count: state.problems }) : undefined}
            onClick={() => save.run({ ...input, body: { vars: state.draft } })}
          >
            {t("variables.save", { count: state.changes })}
          </ActionButton>
        </footer>
      )}
    </div>
  );
}
