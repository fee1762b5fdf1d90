"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useMay, useOverview } from "../data/use-overview.ts";

/** What only admins may read; others are told so. */
export function NeedsAdmin({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  const known = useOverview().data !== undefined;
  const admin = useMay("admin");
  if (!known) return null;
  return admin ? children : <p className="text-muted-foreground">{t("needsAdmin")}</p>;
}
