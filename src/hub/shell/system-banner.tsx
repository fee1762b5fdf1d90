"use client";

import { useTranslations } from "use-intl";
import { useOverview } from "../data/use-overview.ts";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";

/** What concerns the whole house and cannot wait: variables that this process cannot decrypt. */
export function SystemBanner() {
  const t = useTranslations("shell");
  const missing = useOverview().data?.system.secretKeysMissing ?? [];
  if (missing.length === 0) return null;
  return (
    <p role="alert" className="flex gap-2.5 border-b border-st-failed-line bg-st-failed-bg px-gutter py-2 text-pretty">
      <StatusIcon look={RUN_LOOKS.failed} className="mt-0.5 size-4" />
      {t("secretMissing", { keys: missing.join(", "), count: missing.length })}
    </p>
  );
}
