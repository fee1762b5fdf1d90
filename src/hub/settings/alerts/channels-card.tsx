"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { AlertChannel } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { useApi } from "../../data/use-api.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { ConfirmDialog } from "../../parts/action/confirm-dialog.tsx";
import { GatedSwitch } from "../../parts/action/gated-switch.tsx";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { SettingsCard } from "../settings-card.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";

/** Where alerts go. */
export function ChannelsCard() {
  const t = useTranslations("settings");
  const [editing, setEditing] = useState<AlertChannel | "new" | null>(null);
  const { data, error, refetch } = useApi("listAlertChannels", {});
  return (
    <SettingsCard
      title={t("alerts.channels")}
      loading={!data}
      error={error ? { title: t("alerts.channelsFailed"), error, retry: () => void refetch() } : null}
      empty={data?.items.length === 0 ? t("alerts.channelsNone") : undefined}
      aside={
        <ActionButton needs="admin" icon="plus" onClick={() => setEditing("new")}>
          {t("alerts.newChannel")}
        </ActionButton>
      }
    >
      <ul>
        {data?.items.map((channel) => (
          <Channel key={channel.id} channel={channel} onEdit={() => setEditing(channel)} />
        ))}
      </ul>
      {editing !== null && (
        <ChannelDialog channel={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </SettingsCard>
  );
}

function Channel({ channel, onEdit }: { channel: AlertChannel; onEdit: () => void }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const { id, name } = channel;
  const reread = () => queryClient.invalidateQueries({ queryKey: ["listAlertChannels"] });
  const update = useAction("updateAlertChannel", {
    onDone: (now) => {
      void reread();
      toast.done(t(now.enabled ? "alerts.channelOn" : "alerts.channelOff", { name }), { id });
    },
  });
  const test = useAction("testAlertChannel", {
    onDone: ({ ok, error }) => {
      void reread();
      setFailed(ok ? null : (error ?? ""));
      if (ok) toast.done(t("alerts.tested", { name }), { id });
    },
  });
  const remove = useAction("deleteAlertChannel", {
    onDone: () => {
      void reread();
      toast.done(t("alerts.deleted", { name }), { id });
    },
  });
  const problem = failed ?? channel.lastError;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 last:border-b-0">
      <div className="min-w-60 flex-1">
        <p className="flex items-center gap-2 font-medium">
          {name} <Tag>{t(`alerts.kind.${channel.kind}`)}</Tag>
        </p>
        <p className="truncate text-xs text-muted-foreground">
          {channel.target},{" "}
          {channel.lastSentAt ? (
            <>
              {t("alerts.lastSent")} <TimeText at={channel.lastSentAt} show="moment" className="tabular-nums" />
            </>
          ) : (
            t("alerts.neverSent")
          )}
          {channel.quietHours && (
            <>, {t("alerts.quietAt", { from: channel.quietHours.from, to: channel.quietHours.to })}</>
          )}
        </p>
      </div>
      <ActionButton needs="admin" icon="send" pending={test.pending} onClick={() => test.run({ params: { id } })}>
        {t("alerts.test")}
      </ActionButton>
      <ActionButton needs="admin" onClick={onEdit} aria-label={t("alerts.editName", { name })}>
        {t("edit")}
      </ActionButton>
      <ActionButton
        needs="admin"
        variant="ghost"
        onClick={() => setAsking(true)}
        aria-label={t("alerts.deleteName", { name })}
      >
        {t("delete")}
      </ActionButton>
      <GatedSwitch
        needs="admin"
        label={t("alerts.channelEnabled", { name })}
        checked={update.pending ? (update.input?.body?.enabled ?? channel.enabled) : channel.enabled}
        onChange={(enabled) => update.run({ params: { id }, body: { enabled } })}
      />
      {problem !== null && (
        <Note look={RUN_LOOKS.failed} role="alert" className="w-full">
          {t("alerts.testFailed", { name, error: problem })}
        </Note>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("alerts.deleteChannel", { name })}
        body={t("alerts.deleteChannelBody")}
        confirm={t("alerts.deleteConfirm")}
        irreversible
        pending={remove.pending}
        onConfirm={() => remove.run({ params: { id } })}
      />
    </li>
  );
}
