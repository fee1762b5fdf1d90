"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { CreatedApiKey, Role } from "../../../contract/index.ts";
import { useAction } from "../../data/use-action.ts";
import { FormDialog } from "../../parts/action/form-dialog.tsx";
import { Choice, Field } from "../form-fields.tsx";
import { readTenants } from "../people/read-tenants.ts";
import { RoleChoice } from "../people/role-choice.tsx";
import { TenantsField } from "../people/tenants-field.tsx";

const DAYS = ["7", "30", "90", "365", "never"] as const;

interface KeyDialogProps {
  readonly onMade: (made: CreatedApiKey) => void;
  readonly onClose: () => void;
}

/** Name, rights and end of a new key. */
export function KeyDialog({ onMade, onClose }: KeyDialogProps) {
  const t = useTranslations("people");
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [tenantsText, setTenants] = useState<string | null>(null);
  const [days, setDays] = useState<string>("90");
  const tenants = tenantsText === null ? "*" : readTenants(tenantsText);
  const create = useAction("createApiKey", {
    onDone: (made) => {
      void queryClient.invalidateQueries({ queryKey: ["listApiKeys"] });
      onMade(made);
    },
  });
  return (
    <FormDialog
      needs="admin"
      title={t("apiKeys.newTitle")}
      text={t("apiKeys.newText")}
      submit={t("apiKeys.create")}
      pending={create.pending}
      blocked={tenants === undefined ? t("tenantsWrong") : undefined}
      onClose={onClose}
      onSubmit={() =>
        tenants !== undefined &&
        create.run({ body: { name, role, tenants, expiresInDays: days === "never" ? null : Number(days) } })
      }
    >
      <Field label={t("name")} value={name} onText={setName} required maxLength={60} autoComplete="off" />
      <RoleChoice role={role} onRole={setRole} />
      <TenantsField text={tenantsText} onText={setTenants} wrong={tenants === undefined} />
      <Choice label={t("apiKeys.ends")} value={days} onText={setDays}>
        {DAYS.map((option) => (
          <option key={option} value={option}>
            {option === "never" ? t("apiKeys.never") : t("apiKeys.days", { days: Number(option) })}
          </option>
        ))}
      </Choice>
    </FormDialog>
  );
}
