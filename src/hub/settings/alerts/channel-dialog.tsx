"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { AlertChannel } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { Choice, Field, Tick } from "../form-fields.tsx";
import { ShowOnce } from "../show-once.tsx";
import {
  CHANNEL_WAYS,
  type ChannelDraft,
  channelBody,
  channelPatch,
  draftOfChannel,
  emptyChannel,
} from "./channel-body.ts";
import { ChannelTarget } from "./channel-target.tsx";

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface ChannelDialogProps {
  /** `null` makes a new one. */
  readonly channel: AlertChannel | null;
  readonly onClose: () => void;
}

/** Where alerts go, and when they wait. A webhook's secret is shown once, before the dialog closes. */
export function ChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(channel ? draftOfChannel(channel, here()) : emptyChannel(here()));
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  const change = (part: Partial<ChannelDraft>) => setDraft({ ...draft, ...part });
  const reread = () => void queryClient.invalidateQueries({ queryKey: ["listAlertChannels"] });
  const create = useAction("createAlertChannel", {
    onDone: ({ id, name, secret }) => {
      reread();
      toast.done(t("alerts.form.channelCreated", { name }), { id });
      if (secret) setMade({ name, secret });
      else onClose();
    },
  });
  const update = useAction("updateAlertChannel", {
    onDone: ({ id, name }) => {
      reread();
      toast.done(t("alerts.form.channelSaved", { name }), { id });
      onClose();
    },
  });
  if (made)
    return (
      <ShowOnce
        title={made.name}
        text={t("alerts.form.secret")}
        secret={made.secret}
        copy={t("alerts.form.copySecret")}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      needs="admin"
      title={channel ? t("alerts.form.channelEdit", { name: channel.name }) : t("alerts.form.channelTitle")}
      text={channel ? t("alerts.form.channelEditText", { target: channel.target }) : t("alerts.form.channelText")}
      submit={t(channel ? "alerts.form.save" : "alerts.form.createChannel")}
      pending={create.pending || update.pending}
      onClose={onClose}
      onSubmit={() =>
        channel
          ? update.run({ params: { id: channel.id }, body: channelPatch(draft) })
          : create.run({ body: channelBody(draft) })
      }
    >
      <Field
        label={t("alerts.form.name")}
        value={draft.name}
        onText={(name) => change({ name })}
        required
        maxLength={120}
      />
      {channel === null && (
        <>
          <Choice
            label={t("alerts.form.kind")}
            value={draft.way}
            onText={(text) => change({ way: CHANNEL_WAYS.find((way) => way === text) ?? "slack" })}
          >
            {CHANNEL_WAYS.map((way) => (
              <option key={way} value={way}>
                {t(`alerts.way.${way}`)}
              </option>
            ))}
          </Choice>
          <ChannelTarget draft={draft} onChange={change} />
        </>
      )}
      <Tick label={t("alerts.form.quiet")} checked={draft.quiet} onTick={(quiet) => change({ quiet })} />
      {draft.quiet && (
        <>
          <div className="grid grid-cols-[96px_96px_minmax(0,1fr)] gap-3">
            <Field
              label={t("alerts.form.quietFrom")}
              type="time"
              value={draft.quietFrom}
              onText={(quietFrom) => change({ quietFrom })}
              required
            />
            <Field
              label={t("alerts.form.quietTo")}
              type="time"
              value={draft.quietTo}
              onText={(quietTo) => change({ quietTo })}
              required
            />
            <Field
              label={t("alerts.form.timeZone")}
              value={draft.timeZone}
              onText={(timeZone) => change({ timeZone })}
              required
              spellCheck={false}
            />
          </div>
          <Tick
            label={t("alerts.form.criticalPasses")}
            checked={draft.criticalPasses}
            onTick={(criticalPasses) => change({ criticalPasses })}
          />
        </>
      )}
    </FormDialog>
  );
}
