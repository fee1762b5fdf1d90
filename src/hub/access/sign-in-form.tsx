"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Label } from "../../components/ui/label.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { AccessFrame } from "./access-frame.tsx";
import { type AuthRefusal, authCall } from "./auth-call.ts";
import { PasswordField } from "./password-field.tsx";
import { RefusalNote } from "./refusal-note.tsx";

interface SignInFormProps {
  readonly authPath: string;
  /** Where to go then; a path of this site. */
  readonly next: string;
  readonly version: string;
}

export function SignInForm({ authPath, next, version }: SignInFormProps) {
  const t = useTranslations("access");
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null);
  const { register, handleSubmit, formState, setFocus, resetField } = useForm({
    defaultValues: { email: "", password: "" },
  });
  const submit = handleSubmit(async (values) => {
    const refused = await authCall(`${authPath}/sign-in/email`, values);
    if (refused === null) {
      window.location.assign(next);
      // The page is about to go; until then the button stays busy.
      return new Promise(() => undefined);
    }
    setRefusal(refused);
    if (refused.code === "wrong") {
      resetField("password");
      setFocus("password");
    }
  });
  const wrong = refusal?.code === "wrong";
  const busy = formState.isSubmitting;
  return (
    <AccessFrame
      documentTitle={t("signIn.documentTitle")}
      headline={t("signIn.headline")}
      lead={t("signIn.lead")}
      version={version}
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        <h2 className="pb-1 text-[20px] leading-7 font-semibold tracking-[-0.015em]">{t("signIn.title")}</h2>
        {refusal && <RefusalNote refusal={refusal} at="signIn" />}
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="email">{t("email")}</Label>
          <Input
            id="email"
            type="email"
            autoComplete="username"
            autoFocus
            required
            aria-invalid={formState.errors.email ? true : undefined}
            className="h-9.5 px-3 text-md"
            {...register("email", { required: true })}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="password">{t("password")}</Label>
          <PasswordField
            id="password"
            autoComplete="current-password"
            required
            aria-invalid={wrong || formState.errors.password ? true : undefined}
            {...register("password", { required: true })}
          />
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
          {t("signIn.button")}
        </Button>
        <p className="text-xs text-muted-foreground">{t("signIn.noAccount")}</p>
      </form>
    </AccessFrame>
  );
}
