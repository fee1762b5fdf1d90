"use client";

import { useTranslations } from "use-intl";
import { Card, CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { cn } from "../../../components/ui/cn.ts";
import { Tag } from "../../../components/ui/tag.tsx";
import { useApi } from "../../data/use-api.ts";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { CONFLICT_GRID, ConflictFields } from "./conflict-fields.tsx";

const SHOWN = 5;

/** The newest records that both sides changed, with the values side by side. Not there while there are none. */
export function ConflictsCard({ tenant }: { tenant: string | null }) {
  const t = useTranslations("flows.conflicts");
  const { data, error, refetch } = useApi("listConflicts", {
    query: { status: "decided,resolving", tenant: tenant ?? undefined, limit: SHOWN },
  });
  const conflicts = data?.items ?? [];
  const [first] = conflicts;
  if (error && !data) return <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />;
  if (!first) return null;
  const plugs = new Set(conflicts.map(({ plug }) => plug));
  return (
    <Card className="@container">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <Tag variant="amber">{data?.page.next ? t("more", { count: conflicts.length }) : conflicts.length}</Tag>
        <span className="min-w-0 flex-1 truncate text-xs text-muted-foreground">{t("explain")}</span>
        <HubLink to="/flows/conflicts" className="rounded-xs text-xs font-medium text-primary-text hover:underline">
          {t("all")}
        </HubLink>
      </CardHeader>
      <div
        aria-hidden="true"
        className={cn(CONFLICT_GRID, "border-b bg-muted px-3 py-2 text-2xs text-muted-foreground @max-[680px]:hidden")}
      >
        <span>{t("column.record")}</span>
        <span>{t("column.field")}</span>
        <span>{t("column.agreed")}</span>
        <span>{plugs.size === 1 ? first.plug : t("column.source")}</span>
        <span>{t("here")}</span>
      </div>
      <ul aria-label={t("title")}>
        {conflicts.map((conflict) => (
          <ConflictFields key={conflict.id} conflict={conflict} open={false} />
        ))}
      </ul>
    </Card>
  );
}
