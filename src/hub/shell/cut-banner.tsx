"use client";

import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { useLiveState } from "../data/live.tsx";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { RUN_LOOKS } from "../parts/status/status-looks.ts";
import { formatClock } from "../parts/time/format-time.ts";

/** A stream that is away for less is nobody's concern: a deployment, a sleeping laptop. */
const PATIENCE_MS = 4_000;

/** Says since when the page does not follow the server any more. The top bar says it at once; this when it lasts. */
export function CutBanner() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const cut = useLiveState() === "reconnecting";
  const [since, setSince] = useState<number | null>(null);
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!cut) return;
    setSince(Date.now());
    const timer = setTimeout(() => setLasts(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [cut]);
  if (!cut || !lasts || since === null) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2.5 border-b border-st-partial-line bg-st-partial-bg px-gutter py-1.5 text-xs text-pretty"
    >
      <StatusIcon look={RUN_LOOKS.partial} className="size-4" />
      <span className="min-w-0 flex-1">{t("cut", { time: formatClock(since, locale) })}</span>
      <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
    </div>
  );
}
