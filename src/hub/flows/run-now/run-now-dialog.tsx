"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { DEFAULT_TENANT } from "../../../contract/names.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { useOverview } from "../../data/use-overview.ts";
import { useIssueWords } from "../../debugger/form/field-issue.tsx";
import { SchemaForm } from "../../debugger/form/schema-form.tsx";
import { checkValue } from "../../debugger/model/check-value.ts";
import { fieldOf } from "../../debugger/model/field.ts";
import { asSchema } from "../../debugger/model/schema.ts";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import { RefusedNote } from "../../parts/state/refused-note.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";

const VIEWS = ["form", "json"] as const;

interface RunNowDialogProps {
  readonly flow: Pick<FlowRecord, "id" | "name" | "variants">;
  readonly variant: string | null;
  readonly onClose: () => void;
}

/** What a run is started with. What the server refuses stays here, beside what was typed. */
export default function RunNowDialog({ flow, variant: first, onClose }: RunNowDialogProps) {
  const t = useTranslations("flows");
  const id = useId();
  const toast = useToast();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const chosen = useSearchParams()?.get("tenant");
  const tenants = [...new Set([DEFAULT_TENANT, ...(useOverview().data?.tenants ?? [])])];
  const [tenant, setTenant] = useState(chosen ?? DEFAULT_TENANT);
  const [variant, setVariant] = useState(first ?? flow.variants[0] ?? "");
  const [text, setText] = useState("");
  const [refused, setRefused] = useState<KhotanApiError | null>(null);
  const [view, setView] = useState<(typeof VIEWS)[number]>("form");
  // The list that opened it may be old or brief; the flow itself says what it takes.
  const detail = useApi("getFlow", { params: { id: flow.id } });
  const schema = asSchema(detail.data?.bodySchema ?? undefined);
  const formable = schema !== null && fieldOf(schema, schema).kind === "object";
  const issueWords = useIssueWords();
  const body = parseJson(text);
  const issues = schema && body.ok && body.value !== undefined ? checkValue(schema, schema, body.value) : [];
  const wrong = body.ok
    ? issues.length > 0
      ? t("run.doesNotFit", { count: issues.length })
      : undefined
    : t("run.notJson", { message: body.message });
  const write = (next: string) => {
    setText(next);
    setRefused(null);
  };
  const start = useAction("startFlow", {
    onDone: (run) => {
      void queryClient.invalidateQueries({ queryKey: ["listFlows"] });
      void queryClient.invalidateQueries({ queryKey: ["listRuns"] });
      onClose();
      toast.done(t("run.started", { flow: flow.name }), {
        id: `run:${run.id}`,
        action: { label: t("run.open"), run: () => navigate(`/runs/${run.id}`) },
      });
    },
    onFailed: (error) => {
      setRefused(error);
      return true;
    },
  });
  const input = {
    params: { id: flow.id },
    query: { tenant },
    body: {
      ...(flow.variants.length > 0 ? { variant } : {}),
      ...(body.ok && body.value !== undefined ? { body: body.value } : {}),
    },
  };
  return (
    <FormDialog
      className="max-w-120"
      title={t("run.title", { flow: flow.name })}
      text={t("run.text")}
      submit={t("run.confirm")}
      needs="operator"
      pending={start.pending}
      blocked={wrong}
      curl={<CopyCurl name="startFlow" input={input} className="mr-auto" />}
      onSubmit={() => start.run(input)}
      onClose={onClose}
    >
      {(flow.variants.length > 0 || tenants.length > 1) && (
        <div className="flex gap-3 small:flex-col">
          {flow.variants.length > 0 && (
            <Choice label={t("run.variant")} value={variant} onChange={setVariant} options={flow.variants} />
          )}
          {tenants.length > 1 && (
            <Choice label={t("run.tenant")} value={tenant} onChange={setTenant} options={tenants} />
          )}
        </div>
      )}
      <div className="grid gap-1.5">
        <div className="flex min-h-6 items-center gap-2">
          <label htmlFor={`${id}body`} className="flex-1 text-xs font-medium">
            {t("run.body")}
          </label>
          {formable && body.ok && (
            <Segmented value={view} onValueChange={setView} options={VIEWS} label={t("run.view")}>
              {(option) => t(`run.as.${option}`)}
            </Segmented>
          )}
        </div>
        {schema && formable && body.ok && view === "form" ? (
          <SchemaForm
            schema={schema}
            value={body.value}
            issues={issues}
            prefix={`${id}body`}
            onChange={(value) => write(value === undefined ? "" : JSON.stringify(value, null, 2))}
          />
        ) : (
          <Textarea
            id={`${id}body`}
            rows={6}
            value={text}
            placeholder="{}"
            aria-invalid={wrong !== undefined || undefined}
            aria-describedby={`${id}hint`}
            onChange={(event) => write(event.target.value)}
          />
        )}
        <p
          id={`${id}hint`}
          className={wrong === undefined ? "text-xs text-muted-foreground" : "text-xs text-st-failed-fg"}
        >
          {wrong ?? t("run.bodyHint")}
        </p>
        {view === "json" &&
          issues.slice(0, 5).map((issue) => (
            <p key={`${issue.path.join(".")} ${issue.code}`} className="text-xs text-st-failed-fg">
              <code>{issue.path.join(".")}</code> {issueWords(issue)}
            </p>
          ))}
      </div>
      <RefusedNote error={refused} />
    </FormDialog>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly string[];
}

function Choice({ label, value, onChange, options }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid flex-1 gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </div>
  );
}
