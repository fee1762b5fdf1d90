"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { Card } from "../../../components/ui/card.tsx";
import { Skeleton } from "../../../components/ui/skeleton.tsx";
import { useApi } from "../../data/use-api.ts";
import { CodeBlock } from "../../parts/code/code-block.tsx";
import { EmptyState } from "../../parts/state/empty-state.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { MappingsFrame } from "../mappings-frame.tsx";
import { CacheRow } from "./cache-row.tsx";

const EXAMPLE = `export const rates = cache({ name: "rates", ttlMs: 3_600_000 });`;

/** What was asked of others and is remembered: how much, and a way to forget it. */
export default function CachesRoom() {
  const t = useTranslations("mappings");
  const parts = useTranslations("parts");
  const tenant = useSearchParams()?.get("tenant") ?? null;
  const { data, error, refetch } = useApi("listCaches", { query: { tenant: tenant ?? undefined } });
  return (
    <MappingsFrame tab="caches">
      {error && <ErrorState title={t("caches.failed")} error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Card role="status" aria-label={t("loading")} className="flex flex-col gap-3 p-3">
          <Skeleton className="w-3/5" />
          <Skeleton className="w-2/5" />
        </Card>
      )}
      {data?.items.length === 0 && (
        <EmptyState
          title={t("caches.none")}
          text={t.rich("caches.noneText", { code: (chunks) => <code>{chunks}</code> })}
        >
          <CodeBlock text={EXAMPLE} label={parts("copyValue")} />
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <Card className="scroll-quiet min-h-0 overflow-y-auto small:shrink-0 sm:mb-4">
          <ul aria-label={t("tab.caches")}>
            {data.items.map((cache) => (
              <CacheRow key={cache.name} cache={cache} tenant={tenant} />
            ))}
          </ul>
        </Card>
      )}
    </MappingsFrame>
  );
}
