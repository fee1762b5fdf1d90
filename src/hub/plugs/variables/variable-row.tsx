"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { VariableField } from "../../../contract/index.ts";
import { StatusBadge } from "../../parts/status/status-badge.tsx";
import { fieldProblem } from "./draft.ts";
import { ShownOnce } from "./shown-once.tsx";
import type { DraftState } from "./use-draft.ts";
import { VariableInput } from "./variable-input.tsx";

interface VariableRowProps {
  readonly field: VariableField;
  readonly state: DraftState;
  readonly editable: boolean;
}

/** Label and key, field, and how it stands. */
export function VariableRow({ field, state, editable }: VariableRowProps) {
  const t = useTranslations("plugs");
  const id = useId();
  const once = state.once.get(field.key);
  const problem = fieldProblem(field, state.draft);
  const issue = state.issues.get(field.key) ?? (problem && t(`variables.problem.${problem}`));
  const hint = issue ?? field.help;
  if (once !== undefined) {
    return (
      <ShownOnce id={id} label={field.label} name={field.key} value={once} onCopied={() => state.hideOnce(field.key)} />
    );
  }
  return (
    <div className="grid min-h-11.5 grid-cols-[116px_minmax(0,1fr)_132px] items-center gap-3 border-b px-3 py-2 small:grid-cols-[minmax(0,1fr)_auto] small:gap-x-3 small:gap-y-1">
      <div className="min-w-0">
        <label htmlFor={id} title={field.label} className="block truncate leading-4.25 font-medium">
          {field.label}
        </label>
        <span title={field.key} className="block truncate font-mono text-2xs leading-3.5 text-faint-foreground">
          {field.key}
        </span>
      </div>
      <div className="flex min-w-0 flex-col gap-0.75 small:order-3 small:col-span-2">
        <VariableInput
          id={id}
          field={field}
          state={state}
          editable={editable}
          invalid={Boolean(issue)}
          hintId={`${id}-hint`}
        />
        {hint && (
          <p
            id={`${id}-hint`}
            role={issue ? "alert" : undefined}
            className={issue ? "text-2xs text-pretty text-st-failed-fg" : "text-2xs text-pretty text-muted-foreground"}
          >
            {hint}
          </p>
        )}
      </div>
      <div className="flex items-center justify-end gap-1">
        <VariableState field={field} state={state} editable={editable} />
      </div>
    </div>
  );
}

function VariableState({ field, state, editable }: VariableRowProps) {
  const t = useTranslations("plugs");
  const drafted = field.key in state.draft;
  if (drafted || state.replacing.has(field.key)) {
    const cleared = drafted && state.draft[field.key] === null;
    const clearable = field.secret && field.set && !field.required && !drafted;
    return (
      <>
        {drafted && (
          <span className="text-xs text-primary-text">{t(cleared ? "variables.willClear" : "variables.changed")}</span>
        )}
        {clearable && (
          <Button variant="ghost" className="px-2" onClick={() => state.change(field, null)}>
            {t("variables.clear")}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("variables.undo", { label: field.label })}
          onClick={() => state.drop(field.key)}
        >
          <Icon name="x" className="size-3.5" />
        </Button>
      </>
    );
  }
  if (!field.set) {
    return field.required ? (
      <StatusBadge look={{ tone: "partial", shape: "ring-dashed" }}>{t("variables.notSet")}</StatusBadge>
    ) : (
      <span className="text-xs text-faint-foreground">{t("variables.optional")}</span>
    );
  }
  if (field.defaultValue !== undefined && field.value === field.defaultValue) {
    return <span className="text-xs text-faint-foreground">{t("variables.default")}</span>;
  }
  return (
    <>
      <span className="flex items-center gap-1.5 text-xs text-st-succeeded-fg">
        <Icon name="check" className="size-3.5 text-st-succeeded" />
        {t("variables.set")}
      </span>
      {field.secret && editable && (
        <Button variant="ghost" onClick={() => state.replace(field.key)} className="px-2">
          {t("variables.replace")}
        </Button>
      )}
    </>
  );
}
