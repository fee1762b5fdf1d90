"use client";

import { useTranslations } from "use-intl";
import { Field } from "../form-fields.tsx";
import type { ChannelDraft } from "./channel-body.ts";

interface ChannelTargetProps {
  readonly draft: ChannelDraft;
  readonly onChange: (part: Partial<ChannelDraft>) => void;
}

type Typed = "url" | "secret" | "plug" | "tenant" | "room" | "host" | "port" | "user" | "password" | "from" | "to";

/** How the other side is reached: the fields of each way. */
export function ChannelTarget({ draft, onChange }: ChannelTargetProps) {
  const t = useTranslations("settings");
  const field = (key: Typed) => ({
    label: t(`alerts.form.${key}`),
    value: draft[key],
    onText: (text: string) => onChange({ [key]: text }),
  });
  switch (draft.way) {
    case "slack":
      return <Field {...field("url")} type="url" required />;
    case "webhook":
      return (
        <>
          <Field {...field("url")} type="url" required />
          <Field
            {...field("secret")}
            label={t("alerts.form.ownSecret")}
            placeholder={t("alerts.form.ownSecretHint")}
            autoComplete="off"
            pattern="whsec_[A-Za-z0-9+\/]{32,88}={0,2}"
            title={t("alerts.form.ownSecretShape")}
          />
        </>
      );
    case "slackBot":
      return (
        <div className="grid grid-cols-2 gap-3">
          <Field {...field("plug")} required />
          <Field {...field("tenant")} />
          <Field {...field("room")} required />
        </div>
      );
    case "email":
      return (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
            <Field {...field("host")} required />
            <Field {...field("port")} type="number" required />
          </div>
          <div className="grid grid-cols-2 gap-3">
            <Field {...field("user")} autoComplete="off" />
            <Field {...field("password")} type="password" autoComplete="new-password" />
          </div>
          <Field {...field("from")} required />
          <Field {...field("to")} required />
        </>
      );
  }
}
