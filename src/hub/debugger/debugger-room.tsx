"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { DEFAULT_TENANT } from "../../contract/names.ts";
import { useApi } from "../data/use-api.ts";
import { useOverview } from "../data/use-overview.ts";
import { EmptyState } from "../parts/state/empty-state.tsx";
import { ErrorState } from "../parts/state/error-state.tsx";
import type { RoomProps } from "../routing/room-props.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { Bench } from "./bench.tsx";
import { DebuggerSkeleton } from "./debugger-skeleton.tsx";

/** Try one call with the real credentials: `/plugs/{plug}/debug/{endpoint}`, or `/debug` for the first plug there is. */
export default function DebuggerRoom({ params }: RoomProps) {
  const t = useTranslations("debugger");
  const [chosen, setTenant] = useQueryState("tenant", parseAsString);
  const tenant = chosen ?? DEFAULT_TENANT;
  const list = useApi("listDebugPlugs", { query: { tenant } }, { keepPrevious: true });
  const plugs = list.data?.items ?? [];
  const name = params.plug ?? plugs.find(({ endpoints }) => endpoints > 0)?.plug ?? plugs[0]?.plug;
  const detail = useApi(
    "getDebugPlug",
    { params: { plug: name ?? "" }, query: { tenant } },
    { enabled: name !== undefined, keepPrevious: true },
  );
  const known = useOverview().data?.tenants ?? [];
  const tenants = [...new Set([DEFAULT_TENANT, tenant, ...known])];
  const error = detail.error ?? list.error;
  const plug = detail.data?.plug === name ? detail.data : undefined;
  return (
    <PageFrame title={t("title")} meta={plug?.label} flush>
      {error && !plug ? (
        <div className="min-w-0 flex-1 p-4">
          {error.code === "debug_disabled" ? (
            <EmptyState
              title={t("disabled")}
              text={t.rich("disabledText", { code: (chunks) => <code>{chunks}</code> })}
            />
          ) : (
            <ErrorState
              title={t("failed")}
              error={error}
              onRetry={() => void (detail.error ? detail : list).refetch()}
            />
          )}
        </div>
      ) : plug ? (
        <Bench
          plug={plug}
          plugs={plugs}
          endpointName={params.endpoint ?? null}
          tenant={tenant}
          tenants={tenants}
          onTenant={(next) => void setTenant(next === DEFAULT_TENANT ? null : next, { history: "push" })}
        />
      ) : list.data && plugs.length === 0 ? (
        <div className="min-w-0 flex-1 p-4">
          <EmptyState title={t("noPlugs")} text={t.rich("noPlugsText", { code: (chunks) => <code>{chunks}</code> })} />
        </div>
      ) : (
        <DebuggerSkeleton label={t("loading")} />
      )}
    </PageFrame>
  );
}
