"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import type { PlugRecord } from "../../contract/index.ts";
import { DEFAULT_TENANT } from "../../contract/names.ts";
import { useApi } from "../data/use-api.ts";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import { CardsSkeleton } from "../plugs/cards/cards-skeleton.tsx";

interface OnePlugProps {
  readonly name: string;
  readonly children: (plug: PlugRecord, tenant: string, setTenant: (tenant: string) => void) => ReactNode;
}

/** Reads one plug for a part that stands alone. */
export function OnePlug({ name, children }: OnePlugProps) {
  const t = useTranslations("plugs");
  const [tenant, setTenant] = useState<string>(DEFAULT_TENANT);
  const { data, error, refetch } = useApi("listPlugs", { query: { tenant } }, { keepPrevious: true });
  const plug = data?.items.find((one) => one.name === name);
  if (error && !data) return <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />;
  if (!data) return <CardsSkeleton label={t("loading")} />;
  if (!plug) return <EmptyState title={t("unknown", { plug: name })} text={t("unknownText")} />;
  return <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto">{children(plug, tenant, setTenant)}</div>;
}
