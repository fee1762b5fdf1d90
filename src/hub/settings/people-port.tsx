"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useOverview } from "../data/use-overview.ts";
import { NeedsAdmin } from "./needs-admin.tsx";
import { SettingsCard } from "./settings-card.tsx";

/** People and keys where this hub manages them; where the host app does, that is said instead. */
export function PeoplePort({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations("people");
  const here = useOverview().data?.system.people;
  if (here === false) return <SettingsCard title={title} empty={t("elsewhere")} />;
  return <NeedsAdmin title={title}>{children}</NeedsAdmin>;
}
