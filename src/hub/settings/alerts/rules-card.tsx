"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { AlertRule } from "../../../contract/index.ts";
import { putInLists } from "../../data/put-in-lists.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { SettingsCard } from "../settings-card.tsx";
import { isMeasured } from "./metrics.ts";
import { RuleDialog } from "./rule-dialog.tsx";

/** What is watched. */
export function RulesCard() {
  const t = useTranslations("settings");
  const [editing, setEditing] = useState<AlertRule | "new" | null>(null);
  const { data, error, refetch } = useApi("listAlertRules", {});
  return (
    <SettingsCard
      title={t("alerts.rules")}
      loading={!data}
      error={error ? { title: t("alerts.rulesFailed"), error, retry: () => void refetch() } : null}
      empty={data?.items.length === 0 ? t("alerts.rulesNone") : undefined}
      aside={
        <ActionButton needs="admin" icon="plus" onClick={() => setEditing("new")}>
          {t("alerts.newRule")}
        </ActionButton>
      }
    >
      <ul>
        {data?.items.map((rule) => (
          <Rule key={rule.id} rule={rule} onEdit={() => setEditing(rule)} />
        ))}
      </ul>
      {editing !== null && <RuleDialog rule={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </SettingsCard>
  );
}

function Rule({ rule, onEdit }: { rule: AlertRule; onEdit: () => void }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const update = useAction("updateAlertRule", {
    onDone: (now) => {
      putInLists(queryClient, "listAlertRules", now);
      toast.done(t(now.enabled ? "alerts.ruleOn" : "alerts.ruleOff", { name: now.name }), { id: now.id });
    },
  });
  const remove = useAction("deleteAlertRule", {
    onDone: () => {
      void queryClient.invalidateQueries({ queryKey: ["listAlertRules"] });
      void queryClient.invalidateQueries({ queryKey: ["listAlertIncidents"] });
      toast.done(t("alerts.deleted", { name: rule.name }), { id: rule.id });
    },
  });
  const { metric } = rule;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 last:border-b-0">
      <div className="min-w-60 flex-1">
        <p className="font-medium">{rule.name}</p>
        <p className="text-xs text-muted-foreground tabular-nums">
          {isMeasured(metric) && rule.threshold !== null
            ? t("alerts.over", {
                metric: t(`alerts.metric.${metric}`),
                threshold: rule.threshold,
                unit: t(`alerts.unit.${metric}`),
              })
            : t(`alerts.metric.${metric}`)}
          {rule.forMinutes > 0 && <>, {t("alerts.for", { minutes: rule.forMinutes })}</>}
          {rule.plug && <>, {rule.plug}</>}
          {rule.tenant && <>, {rule.tenant}</>}
        </p>
      </div>
      <Tag variant={rule.severity === "critical" ? "red" : "amber"}>{t(`alerts.severity.${rule.severity}`)}</Tag>
      <ActionButton needs="admin" onClick={onEdit} aria-label={t("alerts.editName", { name: rule.name })}>
        {t("edit")}
      </ActionButton>
      <ActionButton
        needs="admin"
        variant="ghost"
        onClick={() => setAsking(true)}
        aria-label={t("alerts.deleteName", { name: rule.name })}
      >
        {t("delete")}
      </ActionButton>
      <GatedSwitch
        needs="admin"
        label={t("alerts.ruleEnabled", { name: rule.name })}
        checked={update.pending ? (update.input?.body?.enabled ?? rule.enabled) : rule.enabled}
        onChange={(enabled) => update.run({ params: { id: rule.id }, body: { enabled } })}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("alerts.deleteRule", { name: rule.name })}
        body={t("alerts.deleteRuleBody")}
        confirm={t("alerts.deleteConfirm")}
        irreversible
        pending={remove.pending}
        onConfirm={() => remove.run({ params: { id: rule.id } })}
      />
    </li>
  );
}
