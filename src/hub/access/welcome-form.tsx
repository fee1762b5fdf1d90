"use client";

import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Label } from "../../components/ui/label.tsx";
import { Note } from "../parts/note.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { AccessFrame } from "./access-frame.tsx";
import { type AuthRefusal, authCall } from "./auth-call.ts";
import { PasswordField } from "./password-field.tsx";
import { PasswordMeter } from "./password-meter.tsx";
import { PASSWORD_MAX, PASSWORD_MIN } from "./password-strength.ts";
import { RefusalNote } from "./refusal-note.tsx";

interface WelcomeFormProps {
  readonly authPath: string;
  readonly hubPath: string;
  readonly signInPath: string;
  readonly token: string;
  readonly version: string;
}

interface Invited {
  readonly name: string;
  readonly email: string;
}

/** Choose a password by a one-time link. The link is used up by sending the form, not by opening it. */
export function WelcomeForm({ authPath, hubPath, signInPath, token, version }: WelcomeFormProps) {
  const t = useTranslations("access");
  const [invited, setInvited] = useState<Invited | "ended" | null>(null);
  useEffect(() => {
    askWhose(`${authPath}/welcome-state`, token).then(setInvited, () => setInvited("ended"));
  }, [authPath, token]);
  return (
    <AccessFrame
      documentTitle={t("welcome.documentTitle")}
      headline={t("welcome.headline")}
      lead={t("welcome.lead")}
      version={version}
    >
      <h2 className="pb-4 text-[20px] leading-7 font-semibold tracking-[-0.015em]">{t("welcome.title")}</h2>
      {invited === null && <p className="text-muted-foreground">{t("welcome.asking")}</p>}
      {invited === "ended" && <Ended signInPath={signInPath} />}
      {invited !== null && invited !== "ended" && (
        <Choose
          invited={invited}
          send={(password) => authCall(`${authPath}/welcome`, { token, password })}
          onDone={() => window.location.assign(hubPath)}
          onEnded={() => setInvited("ended")}
        />
      )}
    </AccessFrame>
  );
}

async function askWhose(url: string, token: string): Promise<Invited | "ended"> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return response.ok ? await response.json() : "ended";
}

function Ended({ signInPath }: { signInPath: string }) {
  const t = useTranslations("access");
  return (
    <div className="flex flex-col gap-4">
      <Note look={RUN_LOOKS.partial} role="alert">
        <p className="font-medium">{t("welcome.endedTitle")}</p>
        <p className="text-xs leading-4.5 text-pretty">{t("welcome.endedText")}</p>
      </Note>
      <Button asChild size="lg" className="w-full">
        <a href={signInPath}>{t("signIn.button")}</a>
      </Button>
    </div>
  );
}

interface ChooseProps {
  readonly invited: Invited;
  readonly send: (password: string) => Promise<AuthRefusal | null>;
  readonly onDone: () => void;
  readonly onEnded: () => void;
}

function Choose({ invited, send, onDone, onEnded }: ChooseProps) {
  const t = useTranslations("access");
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null);
  const { register, handleSubmit, formState, control } = useForm({
    defaultValues: { password: "" },
    mode: "onTouched",
  });
  const password = useWatch({ control, name: "password" });
  const { errors, isSubmitting: busy } = formState;
  const submit = handleSubmit(async (values) => {
    const refused = await send(values.password);
    if (refused === null) {
      onDone();
      return new Promise(() => undefined);
    }
    if (refused.code === "token") onEnded();
    else setRefusal(refused);
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <p className="text-muted-foreground">{t("welcome.for", { name: invited.name, email: invited.email })}</p>
      {refusal && <RefusalNote refusal={refusal} at="setup" />}
      {/* Password managers want to know whose it is. */}
      <input type="hidden" autoComplete="username" value={invited.email} readOnly />
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="password">{t("password")}</Label>
        <PasswordField
          id="password"
          autoFocus
          autoComplete="new-password"
          required
          aria-invalid={errors.password ? true : undefined}
          aria-describedby={errors.password ? "password-problem" : undefined}
          {...register("password", { required: true, minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX })}
        />
        {errors.password && (
          <p id="password-problem" role="alert" className="text-xs text-st-failed-fg">
            {t("problem.password", { min: PASSWORD_MIN })}
          </p>
        )}
        <PasswordMeter password={password} />
      </div>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="w-full"
        aria-busy={busy || undefined}
        disabled={busy}
      >
        {busy && <StatusIcon look={RUN_LOOKS.running} className="text-current" />}
        {t("welcome.button")}
      </Button>
      <p className="text-xs text-muted-foreground">{t("welcome.once")}</p>
    </form>
  );
}
