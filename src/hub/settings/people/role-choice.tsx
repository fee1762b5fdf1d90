"use client";

import { useTranslations } from "use-intl";
import { ROLES, type Role } from "../../../contract/roles.ts";
import { Choice } from "../form-fields.tsx";

/** Viewer sees, operator acts, admin configures. */
export function RoleChoice({ role, onRole }: { role: Role; onRole: (role: Role) => void }) {
  const t = useTranslations("people");
  return (
    <Choice
      label={t("role")}
      value={role}
      onText={(text) => onRole(ROLES.find((option) => option === text) ?? "viewer")}
    >
      {ROLES.map((option) => (
        <option key={option} value={option}>
          {t(`roleWords.${option}`)}
        </option>
      ))}
    </Choice>
  );
}
