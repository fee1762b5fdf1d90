"use client";

import { useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Tag } from "../../../components/ui/tag.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { HandlerRow } from "./handler-row.tsx";

/** Who takes this plug's events. */
export function HandlersCard({ plug }: { plug: PlugRecord }) {
  const t = useTranslations("plugs");
  const { data, error, refetch } = useApi("listHandlers", { query: { plug: plug.name } });
  const handlers = data?.items ?? [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("handlers.title")}</CardTitle>
        {handlers.length > 0 && <Tag variant="count">{handlers.length}</Tag>}
      </CardHeader>
      {error && (
        <ErrorState title={t("handlers.failed")} error={error} onRetry={() => void refetch()} className="m-3" />
      )}
      {data && handlers.length === 0 && (
        <p className="px-3 py-3 text-xs text-pretty text-muted-foreground">
          {t("handlers.none", { plug: plug.label })}
        </p>
      )}
      {handlers.map((handler) => (
        <HandlerRow key={handler.id} handler={handler} />
      ))}
    </Card>
  );
}
