"use client";

import { useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import { JsonTree } from "../../parts/code/json-tree.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { RowTime } from "../../parts/time/row-time.tsx";

/** Who changed a mapping, newest first, with what was before and after. */
export function MappingHistory({ id }: { id: string }) {
  const t = useTranslations("mappings");
  const { data, error, refetch } = useApi("listMappingHistory", { params: { id }, query: { limit: 50 } });
  return (
    <section>
      <h3 className="pb-1 font-semibold">{t("sheet.history")}</h3>
      {error && <ErrorState title={t("sheet.historyFailed")} error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-xs text-muted-foreground">{t("sheet.noHistory")}</p>}
      <ol>
        {data?.items.map((change) => (
          <li key={change.id} className="border-b py-1.5 last:border-b-0">
            <details>
              <summary className="flex cursor-pointer items-center gap-2 rounded-xs text-xs">
                <RowTime at={change.at} />
                <b className="font-medium">{change.actor}</b>
                <span className="text-muted-foreground">{t(`sheet.action.${change.action}`)}</span>
              </summary>
              <JsonTree value={change.data} label={t(`sheet.action.${change.action}`)} className="pt-1" />
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
