"use client";

import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Label } from "../../components/ui/label.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { AccessFrame } from "./access-frame.tsx";
import { type AuthRefusal, authCall } from "./auth-call.ts";
import { PasswordField } from "./password-field.tsx";
import { PasswordMeter } from "./password-meter.tsx";
import { PASSWORD_MAX, PASSWORD_MIN } from "./password-strength.ts";
import { ReadyProof } from "./ready-proof.tsx";
import { RefusalNote } from "./refusal-note.tsx";
import { SetupClosed } from "./setup-closed.tsx";

interface SetupFormProps {
  readonly authPath: string;
  readonly apiPath: string;
  readonly hubPath: string;
  readonly signInPath: string;
  /** From the link; `null` when the page was opened without one. */
  readonly token: string | null;
  readonly version: string;
}

/** The first owner: proof that it runs on the left, one form on the right. */
export function SetupForm({ authPath, apiPath, hubPath, signInPath, token, version }: SetupFormProps) {
  const t = useTranslations("access");
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null);
  const { register, handleSubmit, formState, control } = useForm({
    defaultValues: { name: "", email: "", password: "" },
    mode: "onTouched",
  });
  const password = useWatch({ control, name: "password" });
  const { errors, isSubmitting: busy } = formState;
  const submit = handleSubmit(async (values) => {
    const refused = await authCall(`${authPath}/setup-admin`, { ...values, token });
    if (refused === null) {
      window.location.assign(hubPath);
      return new Promise(() => undefined);
    }
    setRefusal(refused);
  });
  const closed =
    refusal?.code === "exists" ? "exists" : token === null ? "noToken" : refusal?.code === "token" ? "ended" : null;
  const field = (name: "name" | "email" | "password") => ({
    id: name,
    required: true,
    "aria-invalid": errors[name] ? true : undefined,
    "aria-describedby": errors[name] ? `${name}-problem` : undefined,
  });
  return (
    <AccessFrame
      documentTitle={t("setup.documentTitle")}
      headline={t("setup.headline")}
      lead={t("setup.lead")}
      proof={<ReadyProof apiPath={apiPath} />}
      version={version}
    >
      {closed ? (
        <SetupClosed reason={closed} signInPath={signInPath} authPath={authPath} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
          <h2 className="pb-1 text-[20px] leading-7 font-semibold tracking-[-0.015em]">{t("setup.title")}</h2>
          {refusal && <RefusalNote refusal={refusal} at="setup" />}
          <div className="flex flex-col gap-1.5">
            <Label htmlFor="name">{t("name")}</Label>
            <Input
              {...field("name")}
              autoComplete="name"
              autoFocus
              className="h-9.5 px-3 text-md"
              {...register("name", { required: true, maxLength: 100 })}
            />
            {errors.name && <Problem id="name-problem">{t("problem.name")}</Problem>}
          </div>
          <div className="flex flex-col gap-1.5">
            <Label htmlFor="email">{t("email")}</Label>
            <Input
              {...field("email")}
              type="email"
              autoComplete="username"
              className="h-9.5 px-3 text-md"
              {...register("email", { required: true, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ })}
            />
            {errors.email && <Problem id="email-problem">{t("problem.email")}</Problem>}
          </div>
          <div className="flex flex-col gap-1.5">
            <Label htmlFor="password">{t("password")}</Label>
            <PasswordField
              {...field("password")}
              autoComplete="new-password"
              {...register("password", { required: true, minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX })}
            />
            {errors.password && <Problem id="password-problem">{t("problem.password", { min: PASSWORD_MIN })}</Problem>}
            <PasswordMeter password={password} />
          </div>
          <Button
            type="submit"
            variant="primary"
            size="lg"
            className="mt-1 w-full"
            aria-busy={busy || undefined}
            disabled={busy}
          >
            {busy && <StatusIcon look={RUN_LOOKS.running} className="text-current" />}
            {t("setup.button")}
          </Button>
          <p className="flex items-center gap-1.5 text-xs text-muted-foreground">
            <Icon name="clock" className="size-3.5" />
            {t("setup.once")}
          </p>
        </form>
      )}
    </AccessFrame>
  );
}

function Problem({ id, children }: { id: string; children: string }) {
  return (
    <p id={id} role="alert" className="text-xs text-st-failed-fg">
      {children}
    </p>
  );
}
