"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { createClient, KhotanApiError } from "../../client/index.ts";
import type { readySchema } from "../../contract/index.ts";
import { StatusIcon } from "../parts/status/status-icon.tsx";
import { DELIVERY_LOOKS, RUN_LOOKS } from "../parts/status/status-looks.ts";

const CHECKS = ["database", "migrations", "queue"] as const;

type Ready = z.infer<typeof readySchema>;

/** What `/ready` says, asked just now: the proof that this hub runs. */
export function ReadyProof({ apiPath }: { apiPath: string }) {
  const t = useTranslations("access");
  const [ready, setReady] = useState<Ready | "failed" | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    createClient({ baseUrl: apiPath })
      .getReady({ signal: stop.signal })
      .then(setReady, (error: unknown) => {
        if (error instanceof KhotanApiError) setReady("failed");
      });
    return () => stop.abort();
  }, [apiPath]);
  return (
    <ul className="mt-7 rounded-lg border bg-card shadow-xs">
      {CHECKS.map((check) => {
        const known = ready !== null && ready !== "failed";
        const ok = known && ready[check];
        return (
          <li key={check} className="flex h-10.5 items-center gap-2.5 border-b px-3.5 last:border-b-0">
            <StatusIcon
              look={ready === null ? RUN_LOOKS.running : ok ? DELIVERY_LOOKS.succeeded : RUN_LOOKS.failed}
              className="size-4"
            />
            <span className="flex-1">{t(`proof.${check}`)}</span>
            <span className="text-xs text-faint-foreground">
              {ready === null ? t("proof.asking") : t(ok ? "proof.ready" : "proof.notReady")}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
