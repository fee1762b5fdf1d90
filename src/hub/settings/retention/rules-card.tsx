"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { RetentionRule } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { apiKey, useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { SettingsCard } from "../settings-card.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { useDaysText } from "./use-days-text.ts";

/** One line for each kind of thing that is kept for a time. */
export function RulesCard() {
  const t = useTranslations("settings");
  const daysText = useDaysText();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState<RetentionRule | null>(null);
  const { data, error, refetch } = useApi("getRetention", {});
  const update = useAction("updateRetention", {
    onDone: (now, input) => {
      queryClient.setQueryData(apiKey("getRetention", {}), now);
      void queryClient.invalidateQueries({ queryKey: ["getStorage"] });
      setEditing(null);
      const changed = now.rules.find(({ kind }) => input.body && kind in input.body);
      if (!changed) return;
      const words = { kind: t(`retention.kind.${changed.kind}`), days: daysText(changed.days) };
      toast.done(t("retention.saved", words), { id: `retention:${changed.kind}` });
    },
  });
  const last = data?.lastRound;
  const removed = Object.values(last?.removed ?? {}).reduce((sum, rows) => sum + rows, 0);
  return (
    <SettingsCard
      title={t("retention.title")}
      loading={!data}
      error={error ? { title: t("retention.failed"), error, retry: () => void refetch() } : null}
      aside={
        data && (
          <span className="text-xs text-muted-foreground tabular-nums">
            {last ? (
              <>
                {t("retention.last")} <TimeText at={last.endedAt} show="moment" />,{" "}
                {t("retention.removed", { count: removed })}
              </>
            ) : (
              t("retention.lastNone")
            )}
          </span>
        )
      }
    >
      <ul>
        {data?.rules.map((rule) => (
          <li
            key={rule.kind}
            className="grid min-h-11 grid-cols-[150px_110px_minmax(0,1fr)_auto] items-center gap-3 border-b px-3 py-1.5 last:border-b-0 small:grid-cols-[minmax(0,1fr)_auto]"
          >
            <span className="font-medium">{t(`retention.kind.${rule.kind}`)}</span>
            <span className="tabular-nums">
              {daysText(rule.days)} {rule.source !== "default" && <Tag>{t(`retention.source.${rule.source}`)}</Tag>}
            </span>
            <span className="text-xs text-pretty text-muted-foreground small:hidden">{rule.what}</span>
            <span className="flex justify-end gap-1.5 small:col-span-2">
              {rule.source === "stored" && (
                <ActionButton
                  needs="admin"
                  variant="ghost"
                  pending={update.pending}
                  onClick={() => update.run({ body: { [rule.kind]: "default" } })}
                >
                  {t("retention.reset")}
                </ActionButton>
              )}
              <ActionButton needs="admin" onClick={() => setEditing(rule)}>
                {t("retention.edit")}
              </ActionButton>
            </span>
          </li>
        ))}
      </ul>
      {editing && (
        <RuleDialog
          rule={editing}
          pending={update.pending}
          onSave={(days) => update.run({ body: { [editing.kind]: days } })}
          onClose={() => setEditing(null)}
        />
      )}
    </SettingsCard>
  );
}
