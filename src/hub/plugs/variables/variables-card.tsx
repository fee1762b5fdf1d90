"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { DEFAULT_TENANT } from "../../../contract/names.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey, useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { blankFields } from "./blank-fields.ts";
import { SaveBar } from "./save-bar.tsx";
import { useDraft } from "./use-draft.ts";
import { VariableRow } from "./variable-row.tsx";
import { VariablesHeader } from "./variables-header.tsx";

interface VariablesCardProps {
  readonly plug: PlugRecord;
  readonly tenant: string;
  readonly onTenant: (tenant: string) => void;
}

/** A connection's variables, secrets masked. */
export function VariablesCard({ plug, tenant, onTenant }: VariablesCardProps) {
  const t = useTranslations("plugs");
  const toast = useToast();
  const queryClient = useQueryClient();
  const editable = useMay("admin");
  const input = { params: { plug: plug.name }, query: { tenant } };
  // A tenant that was only just named has no connection: it has the same fields, and none of them is set.
  const connected = tenant === DEFAULT_TENANT || plug.tenants.includes(tenant);
  const { data, error, refetch } = useApi(
    "getVariables",
    connected ? input : { params: { plug: plug.name }, query: {} },
  );
  const fields = connected ? (data?.fields ?? []) : blankFields(data?.fields ?? []);
  const state = useDraft(fields);
  const save = useAction("setVariables", {
    onDone: (saved) => {
      queryClient.setQueryData(apiKey("getVariables", input), saved);
      void queryClient.invalidateQueries({ queryKey: ["listPlugs"] });
      toast.done(t("variables.saved", { count: state.changes }), { id: `variables:${plug.name}` });
      state.saved();
    },
    onFailed: state.refused,
  });
  return (
    <Card>
      <VariablesHeader plug={plug} tenant={tenant} onTenant={onTenant} />
      {error && (
        <ErrorState title={t("variables.failed")} error={error} onRetry={() => void refetch()} className="m-3" />
      )}
      {!data && !error && <RowsSkeleton />}
      {data && fields.length === 0 && <p className="px-3 py-3 text-xs text-muted-foreground">{t("variables.none")}</p>}
      {fields.map((field) => (
        <VariableRow key={field.key} field={field} state={state} editable={editable} />
      ))}
      {fields.length > 0 && (
        <SaveBar
          state={state}
          pending={save.pending}
          onSave={() => save.run({ ...input, body: state.draft })}
          curl={{ name: "setVariables", input: { ...input, body: exampleBody(fields) } }}
        />
      )}
    </Card>
  );
}

/** Keys without their values: a copied command must not carry a secret. */
const exampleBody = (fields: readonly { readonly key: string }[]): Record<string, string> =>
  Object.fromEntries(fields.slice(0, 2).map(({ key }) => [key, "…"]));

function RowsSkeleton() {
  return ["a", "b", "c"].map((row) => (
    <div
      key={row}
      className="grid h-11.5 grid-cols-[116px_minmax(0,1fr)_132px] items-center gap-3 border-b px-3 last:border-b-0"
    >
      <Skeleton className="w-3/5" />
      <Skeleton className="w-4/5" />
      <Skeleton className="ml-auto w-2/5" />
    </div>
  ));
}
