"use client";

import { memo, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { FIELD_TYPE_NAMES } from "./field-types.ts";
import { PathInput } from "./path-input.tsx";
import { PreviewCell } from "./preview-cell.tsx";
import type { RecordPath } from "./record-paths.ts";
import type { RuleDraft } from "./rule-draft.ts";
import { RuleExtras } from "./rule-extras.tsx";
import type { RuleIssue } from "./rule-issues.ts";
import { RuleProblem } from "./rule-problem.tsx";
import { TransformInput } from "./transform-input.tsx";
import type { PreviewField } from "./use-preview.ts";

/** Source, transform, type, target, preview, and what can be done with the rule. */
export const RULE_GRID =
  "grid grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_100px_minmax(0,1fr)_minmax(0,1.1fr)_56px] items-start gap-x-2 gap-y-1 @max-[760px]:grid-cols-2";

export interface RuleRowProps {
  readonly draft: RuleDraft;
  readonly changed: boolean;
  readonly paths: readonly RecordPath[];
  readonly issue: (Pick<RuleIssue, "part" | "message"> & { readonly position: number | null }) | null;
  readonly preview: PreviewField | undefined;
  /** There is a record to preview on. */
  readonly previewing: boolean;
  readonly disabled: boolean;
  readonly onChange: (draft: RuleDraft) => void;
  readonly onRemove: (key: string) => void;
}

/** How one field comes about, and what it would be for the record at hand. */
export const RuleRow = memo(function RuleRow(props: RuleRowProps) {
  const { draft, changed, paths, issue, preview, previewing, disabled, onChange, onRemove } = props;
  const t = useTranslations("flows.fields");
  const id = useId();
  const extra = draft.type === "enum" || draft.fallback !== "" || draft.nulls !== "keep" || draft.direction !== "both";
  const [more, setMore] = useState(false);
  const set = (part: Partial<RuleDraft>) => onChange({ ...draft, ...part });
  const wrong = (part: string) => issue?.part === part;
  const name = draft.target || t("unnamed");
  return (
    <li
      className={cn(
        "border-b px-3 py-1.5 last:border-b-0",
        changed && "shadow-[inset_2px_0_0_var(--primary)]",
        issue && "bg-st-failed-bg/40",
      )}
    >
      <div className={RULE_GRID}>
        <PathInput
          label={t("sourceOf", { field: name })}
          value={draft.source}
          onChange={(source) => set({ source })}
          paths={paths}
          placeholder={draft.transform === "" ? draft.target : t("wholeRecord")}
          invalid={wrong("source")}
          disabled={disabled}
          describedBy={`${id}wrong`}
        />
        <TransformInput
          label={t("transformOf", { field: name })}
          value={draft.transform}
          onChange={(transform) => set({ transform })}
          placeholder={t("noTransform")}
          invalid={wrong("transform")}
          disabled={disabled}
          describedBy={`${id}wrong`}
        />
        <Select
          aria-label={t("typeOf", { field: name })}
          value={draft.type}
          disabled={disabled}
          aria-invalid={wrong("type") || undefined}
          onChange={(event) => {
            const type = FIELD_TYPE_NAMES.find((one) => one === event.target.value) ?? "";
            set({ type });
            if (type === "enum") setMore(true);
          }}
        >
          <option value="">{t("asItComes")}</option>
          {FIELD_TYPE_NAMES.map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
        <input
          aria-label={t("target")}
          value={draft.target}
          disabled={disabled}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={wrong("target") || undefined}
          aria-describedby={`${id}wrong`}
          placeholder={t("targetHint")}
          onChange={(event) => set({ target: event.target.value })}
          className="h-control-sm w-full min-w-0 rounded-sm border border-input bg-card px-2 font-mono text-xs shadow-xs input-focus aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground"
        />
        <PreviewCell preview={preview} previewing={previewing} held={issue !== null} />
        <span className="flex justify-end">
          <Button
            variant="ghost"
            size="icon"
            aria-expanded={more}
            aria-label={t("moreOf", { field: name })}
            title={t("moreOf", { field: name })}
            onClick={() => setMore(!more)}
          >
            <Icon name="settings" className={cn("size-3.5", extra && "text-primary-text")} />
          </Button>
          {!disabled && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("removeOf", { field: name })}
              title={t("removeOf", { field: name })}
              onClick={() => onRemove(draft.key)}
            >
              <Icon name="x" className="size-3.5" />
            </Button>
          )}
        </span>
      </div>
      <RuleProblem
        id={`${id}wrong`}
        message={issue?.message ?? null}
        text={issue?.part === "transform" ? draft.transform : ""}
        position={issue?.position ?? null}
      />
      {more && <RuleExtras draft={draft} issue={issue?.part ?? null} disabled={disabled} onChange={set} />}
    </li>
  );
});
