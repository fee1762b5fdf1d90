"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import type { MappingChange } from "../../../contract/index.ts";
import { useApi } from "../../data/use-api.ts";
import { JsonTree } from "../../parts/code/json-tree.tsx";
import { IdChip } from "../../parts/id-chip.tsx";
import { ErrorState } from "../../parts/state/error-state.tsx";
import { RowTime } from "../../parts/time/row-time.tsx";
import { historyLines } from "./history-lines.ts";

const STEP = 20;

/** Who changed a mapping, newest first, and what each change did. Also of one that is gone. */
export function MappingHistory({ id, live }: { id: string; live: boolean }) {
  const t = useTranslations("mappings");
  const [limit, setLimit] = useState(STEP);
  const { data, error, refetch } = useApi(
    "listMappingHistory",
    { params: { id }, query: { limit } },
    { keepPrevious: true, enabled: live },
  );
  return (
    <section>
      <h3 className="pb-1 font-semibold">{t("sheet.history")}</h3>
      {error && <ErrorState title={t("sheet.historyFailed")} error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="text-xs text-muted-foreground">{t("sheet.noHistory")}</p>}
      <ol>
        {data?.items.map((change) => (
          <li key={change.id} className="border-b py-2 text-xs last:border-b-0">
            <p className="flex flex-wrap items-center gap-x-2">
              <RowTime at={change.at} />
              <b className="font-medium">{change.actor}</b>
              <span className="text-muted-foreground">{t(`sheet.action.${change.action}`)}</span>
              <OtherMapping change={change} />
            </p>
            <ChangeLines change={change} />
          </li>
        ))}
      </ol>
      {data?.page.next && limit < 200 && (
        <Button variant="ghost" onClick={() => setLimit(limit + 2 * STEP)}>
          {t("sheet.moreHistory")}
        </Button>
      )}
    </section>
  );
}

/** A merge names the mapping that went, or the one that stayed. */
function OtherMapping({ change: { data } }: { change: MappingChange }) {
  const other = data.merged ?? data.mergedInto;
  return typeof other === "string" ? <IdChip id={other} short to={`/mappings/${other}`} /> : null;
}

function ChangeLines({ change }: { change: MappingChange }) {
  const t = useTranslations("mappings");
  const lines = historyLines(change.data);
  if (lines.length === 0) {
    return Object.keys(change.data).length === 0 ? null : (
      <JsonTree value={change.data} label={t(`sheet.action.${change.action}`)} className="pt-1" />
    );
  }
  return (
    <ul className="pt-1">
      {lines.map(({ part, name, before, now }) => (
        <li key={`${part} ${name}`} className="grid min-h-5.5 grid-cols-[120px_minmax(0,1fr)] items-baseline gap-2">
          <span className="truncate text-muted-foreground" title={name}>
            {name}
          </span>
          <span className="flex min-w-0 flex-wrap gap-x-2 font-mono">
            {before !== "" && <del className="bg-diff-del px-1 [overflow-wrap:anywhere]">{before}</del>}
            {now !== "" && <ins className="bg-diff-add px-1 no-underline [overflow-wrap:anywhere]">{now}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}
