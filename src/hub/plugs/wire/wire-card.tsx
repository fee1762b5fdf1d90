"use client";

import { useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { SheetSkeleton } from "../../parts/sheet/sheet-skeleton.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { FailedLine } from "../../parts/state/failed-line.tsx";
import { WirePanel } from "./wire-panel.tsx";

/** The plug's webhook subscription for one tenant. */
export function WireCard({ plug, tenant }: { plug: PlugRecord; tenant: string }) {
  const t = useTranslations("plugs");
  const wire = useApi("getWire", { params: { plug: plug.name }, query: { tenant } }, { enabled: plug.wire !== null });
  if (plug.wire === null) {
    return (
      <Card>
        <CardHeader>
          <CardTitle>{t("wire.title")}</CardTitle>
        </CardHeader>
        <p className="px-3 py-3 text-xs text-pretty text-muted-foreground">{t("wire.none", { plug: plug.label })}</p>
      </Card>
    );
  }
  if (wire.error && !wire.data)
    return <ErrorState title={t("wire.failed")} error={wire.error} onRetry={() => void wire.refetch()} />;
  if (!wire.data) return <SheetSkeleton label={t("loading")} />;
  return (
    <>
      <FailedLine title={t("wire.failed")} of={wire} />
      <WirePanel key={`${plug.name} ${tenant}`} plug={plug} wire={wire.data} />
    </>
  );
}
