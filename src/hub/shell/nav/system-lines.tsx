"use client";

import { useLocale, useTranslations } from "use-intl";
import type { Overview } from "../../../contract/index.ts";
import { Dot } from "../../parts/dot.tsx";
import { formatBytes } from "../../parts/format-number.ts";

/** Processes and queue, database and its size. */
export function SystemLines({ system }: { system: Overview["system"] }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-2 gap-y-0.5 px-2 pt-1 pb-2 text-2xs text-muted-foreground tabular-nums rail:hidden">
      <Dot tone={system.processes > 0 ? "ok" : "bad"} />
      <span className="truncate">{t("processes", { count: system.processes, queue: system.queue })}</span>
      <Dot tone="ok" />
      <span className="truncate">
        {t("postgres", { version: system.postgres, size: formatBytes(system.databaseBytes, locale) })}
      </span>
    </div>
  );
}
