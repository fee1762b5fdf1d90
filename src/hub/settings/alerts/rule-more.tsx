"use client";

import { useTranslations } from "use-intl";
import { Field, Tick } from "../form-fields.tsx";
import { isMeasured } from "./metrics.ts";
import type { RuleDraft } from "./rule-draft.ts";

interface RuleMoreProps {
  readonly draft: RuleDraft;
  readonly onChange: (part: Partial<RuleDraft>) => void;
}

/** What has good defaults: when it is over, how far back, how often it is told again. */
export function RuleMore({ draft, onChange }: RuleMoreProps) {
  const t = useTranslations("settings");
  const minutes = { type: "number", min: 0, max: 10_080, step: 1 } as const;
  return (
    <details className="group rounded-md border px-3 py-2">
      <summary className="cursor-pointer text-xs font-medium">{t("alerts.form.more")}</summary>
      <div className="grid grid-cols-2 gap-3 pt-2.5">
        {isMeasured(draft.metric) && (
          <Field
            label={t("alerts.form.clearThreshold", { unit: t(`alerts.unit.${draft.metric}`) })}
            type="number"
            min={0}
            step="any"
            value={draft.clearThreshold}
            placeholder={draft.threshold}
            onText={(clearThreshold) => onChange({ clearThreshold })}
          />
        )}
        <Field
          label={t("alerts.form.clearMinutes")}
          {...minutes}
          required
          value={draft.clearMinutes}
          onText={(clearMinutes) => onChange({ clearMinutes })}
        />
        {draft.metric === "failure_rate" && (
          <>
            <Field
              label={t("alerts.form.windowMinutes")}
              type="number"
              min={1}
              max={1_440}
              required
              value={draft.windowMinutes}
              onText={(windowMinutes) => onChange({ windowMinutes })}
            />
            <Field
              label={t("alerts.form.minCount")}
              type="number"
              min={1}
              required
              value={draft.minCount}
              onText={(minCount) => onChange({ minCount })}
            />
          </>
        )}
        <Field
          label={t("alerts.form.renotifyMinutes")}
          {...minutes}
          min={5}
          value={draft.renotifyMinutes}
          placeholder={t("alerts.form.once")}
          onText={(renotifyMinutes) => onChange({ renotifyMinutes })}
        />
        <div className="self-end pb-1">
          <Tick
            label={t("alerts.form.notifyResolved")}
            checked={draft.notifyResolved}
            onTick={(notifyResolved) => onChange({ notifyResolved })}
          />
        </div>
      </div>
    </details>
  );
}
