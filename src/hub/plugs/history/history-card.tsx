"use client";

import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import type { AuditRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { useMay } from "../../data/use-overview.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { useStillNow } from "../../parts/time/clock.ts";
import { formatRowTime } from "../../parts/time/format-time.ts";
import { auditKeys } from "./audit-keys.ts";

/** Who changed what at this plug. Values never stand here, only keys. */
export function HistoryCard({ plug }: { plug: string }) {
  const t = useTranslations("plugs");
  const admin = useMay("admin");
  const [limit, setLimit] = useState(6);
  const { data, error, refetch } = useApi(
    "listAudit",
    { query: { plug, limit } },
    { enabled: admin, keepPrevious: true },
  );
  if (!admin) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex-1">{t("history.title")}</CardTitle>
        {data?.page.next && limit < 200 && (
          <Button variant="link" size="text" onClick={() => setLimit(limit + 50)}>
            {t("history.more")}
          </Button>
        )}
      </CardHeader>
      {error && <ErrorState title={t("history.failed")} error={error} onRetry={() => void refetch()} className="m-3" />}
      {data && data.items.length === 0 && (
        <p className="px-3 py-3 text-xs text-muted-foreground">{t("history.none")}</p>
      )}
      {data && data.items.length > 0 && (
        <ol className="px-3 py-1">
          {data.items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </Card>
  );
}

const KNOWN = [
  "variables-set",
  "variables-clear",
  "wire-connect",
  "wire-renew",
  "wire-disconnect",
  "plug-enable",
  "plug-disable",
  "handler-switch",
  "handler-disable",
  "run-cancel",
  "run-retry",
  "delivery-retry",
  "event-replay",
] as const;

function Entry({ entry }: { entry: AuditRecord }) {
  const t = useTranslations("plugs");
  const locale = useLocale();
  const now = useStillNow();
  const action = KNOWN.find((name) => name === entry.action.replace(".", "-"));
  const keys = auditKeys(entry);
  return (
    <li className="grid min-h-7 grid-cols-[84px_minmax(0,1fr)] items-baseline gap-2 py-1 text-xs">
      <time dateTime={entry.at} title={entry.at} className="text-faint-foreground tabular-nums">
        {formatRowTime(Date.parse(entry.at), now, locale)}
      </time>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <b>{entry.actor}</b> {action ? t(`history.action.${action}`) : <code>{entry.action}</code>}{" "}
        <span className="font-mono">{keys.join(", ")}</span>
        {entry.tenant && entry.tenant !== "default" && (
          <span className="text-muted-foreground"> {t("history.for", { tenant: entry.tenant })}</span>
        )}
      </span>
    </li>
  );
}
