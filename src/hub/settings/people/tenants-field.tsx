"use client";

import { useTranslations } from "use-intl";
import { Choice, Field } from "../form-fields.tsx";

interface TenantsFieldProps {
  /** `null`: all tenants. */
  readonly text: string | null;
  readonly onText: (text: string | null) => void;
  readonly wrong: boolean;
}

/** All tenants, or those that are named. */
export function TenantsField({ text, onText, wrong }: TenantsFieldProps) {
  const t = useTranslations("people");
  return (
    <>
      <Choice
        label={t("tenants")}
        value={text === null ? "all" : "some"}
        onText={(value) => onText(value === "all" ? null : "")}
      >
        <option value="all">{t("tenantsAll")}</option>
        <option value="some">{t("tenantsSome")}</option>
      </Choice>
      {text !== null && (
        <Field
          label={t("tenantNames")}
          value={text}
          onText={onText}
          required
          autoComplete="off"
          spellCheck={false}
          aria-invalid={(text !== "" && wrong) || undefined}
        />
      )}
    </>
  );
}
