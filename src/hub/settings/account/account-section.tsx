"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Switch } from "../../../components/ui/switch.tsx";
import { authCall } from "../../access/auth-call.ts";
import { PASSWORD_MAX, PASSWORD_MIN } from "../../access/password-strength.ts";
import { useHub } from "../../config.tsx";
import { useOverview } from "../../data/use-overview.ts";
import { ActionButton } from "../../parts/action/action-button.tsx";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { Note } from "../../parts/note.tsx";
import { RUN_LOOKS } from "../../parts/status/status-looks.ts";
import { useToast } from "../../parts/toast/use-toast.ts";
import { useKeys } from "../../shell/keys/keys-provider.tsx";
import { Field } from "../form-fields.tsx";
import { SettingsCard } from "../settings-card.tsx";

/** Oneself: who one is here, one's password, one's keys of the keyboard. */
export default function AccountSection() {
  const t = useTranslations("people");
  const { data, error, refetch } = useOverview();
  const { enabled, setEnabled } = useKeys();
  return (
    <>
      <SettingsCard
        title={t("account.title")}
        loading={!data}
        error={error ? { title: t("account.failed"), error, retry: () => void refetch() } : null}
      >
        {data && (
          <KeyValues className="grid-cols-[128px_minmax(0,1fr)] px-3 py-2">
            <KeyValue label={t("account.you")}>{data.principal.name}</KeyValue>
            <KeyValue label={t("role")}>{t(`roleWords.${data.principal.role}`)}</KeyValue>
          </KeyValues>
        )}
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control. */}
        <label className="flex items-center justify-between gap-3 border-t px-3 py-2.5">
          <span>
            {t("account.letters")}
            <span className="block text-xs text-muted-foreground">{t("account.lettersHint")}</span>
          </span>
          <Switch checked={enabled} onCheckedChange={setEnabled} />
        </label>
      </SettingsCard>
      <PasswordCard />
    </>
  );
}

function PasswordCard() {
  const t = useTranslations("people");
  const toast = useToast();
  const { authPath } = useHub();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<"wrong" | "limited" | "other" | null>(null);
  const send = async () => {
    setPending(true);
    const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    const answer = await authCall(`${authPath}/change-password`, body);
    setPending(false);
    setRefused(answer === null ? null : answer.code === "wrong" || answer.code === "limited" ? answer.code : "other");
    if (answer !== null) return;
    setCurrent("");
    setNext("");
    toast.done(t("account.changed"), { id: "password" });
  };
  return (
    <SettingsCard title={t("account.password")}>
      <form
        className="grid max-w-90 gap-3 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) void send();
        }}
      >
        {refused && (
          <Note look={RUN_LOOKS.failed} role="alert">
            {t(`account.refused.${refused}`)}
          </Note>
        )}
        <Field
          label={t("account.current")}
          type="password"
          value={current}
          onText={setCurrent}
          required
          autoComplete="current-password"
        />
        <Field
          label={t("account.next", { min: PASSWORD_MIN })}
          type="password"
          value={next}
          onText={setNext}
          required
          minLength={PASSWORD_MIN}
          maxLength={PASSWORD_MAX}
          autoComplete="new-password"
        />
        <p className="text-xs text-muted-foreground">{t("account.others")}</p>
        <div>
          <ActionButton needs="viewer" type="submit" variant="primary" size="md" pending={pending}>
            {t("account.change")}
          </ActionButton>
        </div>
      </form>
    </SettingsCard>
  );
}
