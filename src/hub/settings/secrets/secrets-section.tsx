"use client";

import { useTranslations } from "use-intl";
import { NeedsAdmin } from "../needs-admin.tsx";
import { KeysCard } from "./keys-card.tsx";
import { RotateCard } from "./rotate-card.tsx";

/** Which keys seal what is stored, and how to change them. */
export default function SecretsSection() {
  const t = useTranslations("settings");
  return (
    <NeedsAdmin title={t("secrets.title")}>
      <KeysCard />
      <RotateCard title={t("secrets.rotateTitle")} />
    </NeedsAdmin>
  );
}
