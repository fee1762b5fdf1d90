"use client";

import { useId } from "react";
import { useTranslations } from "use-intl";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { RuleDraft, RulePart } from "./rule-draft.ts";

const NULLS = ["keep", "omit", "refuse"] as const;
const DIRECTIONS = ["both", "in", "out"] as const;

interface RuleExtrasProps {
  readonly draft: RuleDraft;
  readonly issue: RulePart | null;
  readonly disabled: boolean;
  readonly onChange: (part: Partial<RuleDraft>) => void;
}

/** What few fields need: what stands in for nothing, the values of an enum, and when the rule applies. */
export function RuleExtras({ draft, issue, disabled, onChange }: RuleExtrasProps) {
  const t = useTranslations("flows.fields");
  const id = useId();
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-3 gap-y-2 py-2 text-xs">
      {draft.type === "enum" && (
        <label className="col-span-full grid gap-1" htmlFor={`${id}values`}>
          <span className="font-medium">{t("values")}</span>
          <Input
            id={`${id}values`}
            value={draft.values}
            disabled={disabled}
            aria-invalid={issue === "values" || undefined}
            placeholder={t("valuesHint")}
            className="font-mono text-xs"
            onChange={(event) => onChange({ values: event.target.value })}
          />
        </label>
      )}
      <label className="grid gap-1" htmlFor={`${id}default`}>
        <span className="font-medium">{t("default")}</span>
        <Input
          id={`${id}default`}
          value={draft.fallback}
          disabled={disabled}
          aria-invalid={issue === "fallback" || undefined}
          placeholder={t("defaultHint")}
          className="h-control-sm font-mono text-xs"
          onChange={(event) => onChange({ fallback: event.target.value })}
        />
      </label>
      <label className="grid gap-1" htmlFor={`${id}nulls`}>
        <span className="font-medium">{t("nulls.label")}</span>
        <Select
          id={`${id}nulls`}
          value={draft.nulls}
          disabled={disabled}
          onChange={(event) => onChange({ nulls: NULLS.find((one) => one === event.target.value) ?? "keep" })}
        >
          {NULLS.map((option) => (
            <option key={option} value={option}>
              {t(`nulls.${option}`)}
            </option>
          ))}
        </Select>
      </label>
      <label className="grid gap-1" htmlFor={`${id}direction`}>
        <span className="font-medium">{t("direction.label")}</span>
        <Select
          id={`${id}direction`}
          value={draft.direction}
          disabled={disabled}
          onChange={(event) => onChange({ direction: DIRECTIONS.find((one) => one === event.target.value) ?? "both" })}
        >
          {DIRECTIONS.map((option) => (
            <option key={option} value={option}>
              {t(`direction.${option}`)}
            </option>
          ))}
        </Select>
      </label>
    </div>
  );
}
