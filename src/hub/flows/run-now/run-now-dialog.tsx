"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { KhotanApiError } from "../../../client/index.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import type { FlowRecord } from "../../../contract/index.ts";
import { DEFAULT_TENANT } from "../../../contract/names.ts";
import { useAction } from "../../data/use-action.ts";
import { useOverview } from "../../data/use-overview.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { CopyCurl } from "../../parts/action/copy-curl.tsx";
import { Note } from "../../parts/note.tsx";
import { parseJson } from "../../parts/parse-json.ts";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useNavigate } from "../../routing/use-navigate.ts";

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
  const body = parseJson(text);
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
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-120">
        <DialogTitle>{t("run.title", { flow: flow.name })}</DialogTitle>
        <DialogDescription>{t("run.text")}</DialogDescription>
        <form
          id={`${id}form`}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (body.ok && !start.pending) start.run(input);
          }}
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
          <div className="grid gap-1">
            <label htmlFor={`${id}body`} className="text-xs font-medium">
              {t("run.body")}
            </label>
            <Textarea
              id={`${id}body`}
              rows={6}
              value={text}
              placeholder="{}"
              aria-invalid={!body.ok || undefined}
              aria-describedby={`${id}hint`}
              onChange={(event) => {
                setText(event.target.value);
                setRefused(null);
              }}
            />
            <p id={`${id}hint`} className={body.ok ? "text-xs text-muted-foreground" : "text-xs text-st-failed-fg"}>
              {body.ok ? t("run.bodyHint") : t("run.notJson", { message: body.message })}
            </p>
          </div>
          {refused && (
            <Note look={RUN_LOOKS.failed} role="alert">
              <p className="font-medium">{refused.message}</p>
              {refused.hint && <p className="text-xs">{refused.hint}</p>}
              {refused.issues.map(({ path, message }) => (
                <p key={`${path} ${message}`} className="text-xs">
                  <code>{path}</code> {message}
                </p>
              ))}
            </Note>
          )}
        </form>
        <DialogFooter>
          <CopyCurl name="startFlow" input={input} className="mr-auto" />
          <Button variant="ghost" size="md" onClick={onClose}>
            {t("run.cancel")}
          </Button>
          <ActionButton
            needs="operator"
            type="submit"
            form={`${id}form`}
            variant="primary"
            size="md"
            pending={start.pending}
            blocked={body.ok ? undefined : t("run.notJson", { message: body.message })}
          >
            {t("run.confirm")}
          </ActionButton>
        </DialogFooter>
      </DialogContent>
    </Dialog>
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
