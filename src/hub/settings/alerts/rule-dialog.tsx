"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { AlertRule } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { Choice, Field, Tick } from "../form-fields.tsx";
import { FIRST_THRESHOLD, isMeasured, isMetric, METRICS } from "./metrics.ts";
import { draftOf, NEW_RULE, type RuleDraft, ruleBody } from "./rule-draft.ts";
import { RuleMore } from "./rule-more.tsx";

/** Watch something, or change how: what, from when, for how long, and who is told how often. */
export function RuleDialog({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(rule ? draftOf(rule) : NEW_RULE);
  const channels = useApi("listAlertChannels", {}).data?.items ?? [];
  const plugs = useApi("listPlugs", { query: {} }).data?.items ?? [];
  const change = (part: Partial<RuleDraft>) => setDraft({ ...draft, ...part });
  const set = (key: "name" | "threshold" | "forMinutes" | "tenant") => (text: string) => change({ [key]: text });
  const done = (text: string, id: string) => {
    void queryClient.invalidateQueries({ queryKey: ["listAlertRules"] });
    toast.done(text, { id });
    onClose();
  };
  const create = useAction("createAlertRule", {
    onDone: (made) => done(t("alerts.form.created", { name: made.name }), made.id),
  });
  const update = useAction("updateAlertRule", {
    onDone: (now) => done(t("alerts.form.ruleSaved", { name: now.name }), now.id),
  });
  const { metric } = draft;
  const submit = () => {
    if (rule) update.run({ params: { id: rule.id }, body: ruleBody(draft) });
    else create.run({ body: { ...ruleBody(draft), name: draft.name.trim(), metric } });
  };
  return (
    <FormDialog
      needs="admin"
      title={rule ? t("alerts.form.ruleEdit", { name: rule.name }) : t("alerts.form.ruleTitle")}
      submit={t(rule ? "alerts.form.save" : "alerts.form.create")}
      pending={create.pending || update.pending}
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label={t("alerts.form.name")} value={draft.name} onText={set("name")} required maxLength={120} />
      <Choice
        label={t("alerts.form.metric")}
        value={metric}
        // A rule watches one thing for life: its incidents speak of it.
        disabled={rule !== null}
        onText={(text) => {
          if (!isMetric(text)) return;
          change({ metric: text, ...(isMeasured(text) ? { threshold: String(FIRST_THRESHOLD[text]) } : {}) });
        }}
      >
        {METRICS.map((option) => (
          <option key={option} value={option}>
            {t(`alerts.metric.${option}`)}
          </option>
        ))}
      </Choice>
      <div className="grid grid-cols-2 gap-3">
        {isMeasured(metric) && (
          <Field
            label={t("alerts.form.thresholdUnit", { unit: t(`alerts.unit.${metric}`) })}
            type="number"
            min={0}
            step="any"
            required
            value={draft.threshold}
            onText={set("threshold")}
          />
        )}
        <Field
          label={t("alerts.form.forMinutes")}
          type="number"
          min={0}
          max={10_080}
          step={1}
          required
          value={draft.forMinutes}
          onText={set("forMinutes")}
        />
        <Choice
          label={t("alerts.form.severity")}
          value={draft.severity}
          onText={(text) => change({ severity: text === "critical" ? "critical" : "warning" })}
        >
          <option value="warning">{t("alerts.severity.warning")}</option>
          <option value="critical">{t("alerts.severity.critical")}</option>
        </Choice>
        <Choice label={t("alerts.form.plug")} value={draft.plug} onText={(plug) => change({ plug })}>
          <option value="">{t("alerts.form.allPlugs")}</option>
          {plugs.map((plug) => (
            <option key={plug.name} value={plug.name}>
              {plug.label}
            </option>
          ))}
        </Choice>
        <Field
          label={t("alerts.form.tenant")}
          value={draft.tenant}
          onText={set("tenant")}
          placeholder={t("alerts.form.allTenants")}
          autoComplete="off"
        />
      </div>
      {channels.length > 0 && (
        <fieldset className="grid gap-1.5">
          <legend className="pb-1 text-xs font-medium">{t("alerts.form.channels")}</legend>
          {channels.map((channel) => (
            <Tick
              key={channel.id}
              label={channel.name}
              checked={draft.channelIds.includes(channel.id)}
              onTick={(on) =>
                change({
                  channelIds: on
                    ? [...draft.channelIds, channel.id]
                    : draft.channelIds.filter((id) => id !== channel.id),
                })
              }
            />
          ))}
          {draft.channelIds.length === 0 && (
            <p className="text-xs text-muted-foreground">{t("alerts.form.everyChannel")}</p>
          )}
        </fieldset>
      )}
      <RuleMore draft={draft} onChange={change} />
    </FormDialog>
  );
}
