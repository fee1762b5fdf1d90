"use client";

import { useTranslations } from "use-intl";
import { useOverview } from "../data/use-overview.ts";
import { FailedLine } from "../parts/state/failed-line.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { useHubPath } from "../routing/use-hub-path.ts";

/**
 * What concerns the whole house and cannot wait: variables that this process cannot decrypt; that nobody knows
 * who is asking, so that no action is offered.
 */
export function SystemBanner() {
  const t = useTranslations("shell");
  const overview = useOverview();
  // There the overview is the room, and says so itself.
  const told = useHubPath() === "/";
  const missing = overview.data?.system.secretKeysMissing ?? [];
  return (
    <>
      {!told && !overview.data && (
        <FailedLine
          title={t("whoFailed")}
          of={overview}
          className="border-b border-st-partial-line bg-st-partial-bg px-gutter py-1.5"
        />
      )}
      {missing.length > 0 && (
        <p
          role="alert"
          className="flex gap-2.5 border-b border-st-failed-line bg-st-failed-bg px-gutter py-2 text-pretty"
        >
          <StatusIcon look={RUN_LOOKS.failed} className="mt-0.5 size-4" />
          {t("secretMissing", { keys: missing.join(", "), count: missing.length })}
        </p>
      )}
    </>
  );
}
