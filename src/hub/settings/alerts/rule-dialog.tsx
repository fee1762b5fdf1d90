"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { AlertMetric, AlertSeverity } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { Choice, Field, FormDialog } from "./form-dialog.tsx";
import { FIRST_THRESHOLD, isMeasured, isMetric, METRICS } from "./metrics.ts";

/** Name, figure, threshold: what a rule cannot do without. The rest has defaults. */
export function RuleDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [metric, setMetric] = useState<AlertMetric>("dead_letters");
  const [name, setName] = useState("");
  const [threshold, setThreshold] = useState(String(FIRST_THRESHOLD.dead_letters));
  const [severity, setSeverity] = useState<AlertSeverity>("warning");
  const [minutes, setMinutes] = useState("0");
  const create = useAction("createAlertRule", {
    onDone: (rule) => {
      void queryClient.invalidateQueries({ queryKey: ["listAlertRules"] });
      toast.done(t("alerts.form.created", { name: rule.name }), { id: rule.id });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("alerts.form.ruleTitle")}
      submit={t("alerts.form.create")}
      pending={create.pending}
      onClose={onClose}
      onSubmit={() =>
        create.run({
          body: {
            name,
            metric,
            severity,
            threshold: isMeasured(metric) ? Number(threshold) : null,
            forMinutes: Number(minutes),
          },
        })
      }
    >
      <Field label={t("alerts.form.name")} value={name} onText={setName} required maxLength={120} />
      <Choice
        label={t("alerts.form.metric")}
        value={metric}
        onText={(text) => {
          if (!isMetric(text)) return;
          setMetric(text);
          if (isMeasured(text)) setThreshold(String(FIRST_THRESHOLD[text]));
        }}
      >
        {METRICS.map((option) => (
          <option key={option} value={option}>
            {t(`alerts.metric.${option}`)}
          </option>
        ))}
      </Choice>
      {isMeasured(metric) && (
        <Field
          label={t("alerts.form.thresholdUnit", { unit: t(`alerts.unit.${metric}`) })}
          type="number"
          min={0}
          step="any"
          required
          value={threshold}
          onText={setThreshold}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <Choice
          label={t("alerts.form.severity")}
          value={severity}
          onText={(text) => setSeverity(text === "critical" ? "critical" : "warning")}
        >
          <option value="warning">{t("alerts.severity.warning")}</option>
          <option value="critical">{t("alerts.severity.critical")}</option>
        </Choice>
        <Field
          label={t("alerts.form.forMinutes")}
          type="number"
          min={0}
          max={10_080}
          step={1}
          required
          value={minutes}
          onText={setMinutes}
        />
      </div>
    </FormDialog>
  );
}
