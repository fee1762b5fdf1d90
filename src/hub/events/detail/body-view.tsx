"use client";

import { lazy, Suspense, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Card } from "../../../components/ui/card.tsx";
import type { EventDetail } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { formatBytes } from "../../parts/format-number.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";

const JsonTree = lazy(async () => ({ default: (await import("../../parts/code/json-tree.tsx")).JsonTree }));
const TextView = lazy(async () => ({ default: (await import("../../parts/code/text-view.tsx")).TextView }));
const HexView = lazy(async () => ({ default: (await import("../../parts/code/hex-view.tsx")).HexView }));

/** Bodies above this are fetched only when asked for. */
const BIG = 1_000_000;

export function BodyView({ event, view }: { event: EventDetail; view: "text" | "json" | "hex" }) {
  const t = useTranslations("events");
  if (view === "json") {
    return (
      <Card className="relative mt-2 overflow-x-auto bg-muted px-2 py-2.5">
        <CopyButton
          className="absolute top-1 right-1 z-10"
          label={t("raw.copy")}
          text={() => JSON.stringify(event.payload, null, 2)}
        />
        <Suspense>
          {event.payload === null || event.payload === undefined ? (
            <p className="px-1 text-xs text-muted-foreground">{t("raw.noJson")}</p>
          ) : (
            <JsonTree value={event.payload} label={t("raw.as.json")} />
          )}
        </Suspense>
      </Card>
    );
  }
  return <RawBody event={event} view={view} />;
}

function RawBody({ event, view }: { event: EventDetail; view: "text" | "hex" }) {
  const t = useTranslations("events");
  const locale = useLocale();
  const [wanted, setWanted] = useState(false);
  const load = event.bodyAvailable && (event.size <= BIG || wanted);
  const raw = useApi(
    "getEventRaw",
    { params: { id: event.id } },
    { enabled: load, staleTime: Number.POSITIVE_INFINITY },
  );
  const text = useMemo(() => raw.data && new TextDecoder().decode(raw.data), [raw.data]);
  if (!event.bodyAvailable) return <p className="pt-2 text-xs text-muted-foreground">{t("raw.removed")}</p>;
  if (!load) {
    return (
      <Button className="mt-2" onClick={() => setWanted(true)}>
        {t("raw.load", { size: formatBytes(event.size, locale) })}
      </Button>
    );
  }
  if (raw.error) {
    return <ErrorState title={t("raw.failed")} error={raw.error} onRetry={() => void raw.refetch()} className="mt-2" />;
  }
  if (!raw.data || text === undefined) return <Card className="mt-2 h-40 bg-muted" />;
  if (raw.data.length === 0) return <p className="pt-2 text-xs text-muted-foreground">{t("raw.empty")}</p>;
  return (
    <div className="relative mt-2">
      <CopyButton className="absolute top-1 right-1 z-10" label={t("raw.copy")} text={text} />
      <Suspense fallback={<Card className="h-40 bg-muted" />}>
        {view === "text" ? (
          <TextView text={text} json={/json/.test(event.contentType ?? "")} />
        ) : (
          <HexView bytes={raw.data} />
        )}
      </Suspense>
    </div>
  );
}
