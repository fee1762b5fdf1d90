"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog, DialogContent, DialogFooter, DialogTitle } from "../../../components/ui/dialog.tsx";
import type { ChannelKind } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { useToast } from "../../parts/toast/use-toast.ts";
import { channelBody, EMPTY_CHANNEL } from "./channel-body.ts";
import { Choice, Field, FormDialog } from "./form-dialog.tsx";

const KINDS: readonly ChannelKind[] = ["slack", "email", "webhook"];

/** Where alerts go. A webhook's secret is shown once, before the dialog closes. */
export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(EMPTY_CHANNEL);
  const [secret, setSecret] = useState<string | null>(null);
  const set = (key: Exclude<keyof typeof draft, "kind">) => (text: string) => setDraft({ ...draft, [key]: text });
  const create = useAction("createAlertChannel", {
    onDone: (channel) => {
      void queryClient.invalidateQueries({ queryKey: ["listAlertChannels"] });
      toast.done(t("alerts.form.channelCreated", { name: channel.name }), { id: channel.id });
      if (channel.secret) setSecret(channel.secret);
      else onClose();
    },
  });
  if (secret !== null) {
    return (
      <Dialog open>
        <DialogContent aria-describedby={undefined}>
          <DialogTitle>{t("alerts.form.secret")}</DialogTitle>
          <CodeBlock text={secret} label={t("alerts.form.copySecret")} />
          <DialogFooter>
            <Button variant="primary" size="md" onClick={onClose}>
              {t("alerts.form.done")}
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("alerts.form.channelTitle")}
      text={t("alerts.form.channelText")}
      submit={t("alerts.form.createChannel")}
      pending={create.pending}
      onClose={onClose}
      onSubmit={() => create.run({ body: channelBody(draft) })}
    >
      <Field label={t("alerts.form.name")} value={draft.name} onText={set("name")} required maxLength={120} />
      <Choice
        label={t("alerts.form.kind")}
        value={draft.kind}
        onText={(text) => setDraft({ ...draft, kind: KINDS.find((kind) => kind === text) ?? "slack" })}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`alerts.kind.${kind}`)}
          </option>
        ))}
      </Choice>
      {draft.kind === "email" ? (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
            <Field label={t("alerts.form.host")} value={draft.host} onText={set("host")} required />
            <Field label={t("alerts.form.port")} type="number" value={draft.port} onText={set("port")} required />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <Field label={t("alerts.form.user")} value={draft.user} onText={set("user")} autoComplete="off" />
            <Field
              label={t("alerts.form.password")}
              type="password"
              value={draft.password}
              onText={set("password")}
              autoComplete="new-password"
            />
          </div>
          <Field label={t("alerts.form.from")} value={draft.from} onText={set("from")} required />
          <Field label={t("alerts.form.to")} value={draft.to} onText={set("to")} required />
        </>
      ) : (
        <Field label={t("alerts.form.url")} type="url" value={draft.url} onText={set("url")} required />
      )}
    </FormDialog>
  );
}
