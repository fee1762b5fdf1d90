"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay, useOverview } from "../data/use-overview.ts";
import { SettingsCard } from "./settings-card.tsx";

/** What only admins may read; others are told so. */
export function NeedsAdmin({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations("settings");
  const { data, error, refetch } = useOverview();
  const admin = useMay("admin");
  if (data) return admin ? children : <SettingsCard title={title} empty={t("needsAdmin")} />;
  return (
    <SettingsCard
      title={title}
      loading
      error={error ? { title: t("whoFailed"), error, retry: () => void refetch() } : null}
    />
  );
}
