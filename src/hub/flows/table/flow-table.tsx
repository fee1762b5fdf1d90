"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { FlowRecord } from "../../../contract/index.ts";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { HubLink } from "../../routing/hub-link.tsx";
import { flowRows } from "../flow-rows.ts";
import { FlowLine } from "./flow-line.tsx";

interface FlowTableProps {
  readonly flows: readonly FlowRecord[];
  /** The line whose inspector is open. */
  readonly openId: string | null;
}

/** Flows plug by plug. */
export function FlowTable({ flows, openId }: FlowTableProps) {
  const t = useTranslations("flows");
  const groups = flowRows(flows);
  const head = "h-8 border-b px-2.5 text-left text-2xs font-normal text-muted-foreground";
  return (
    <div className="@container min-w-0 overflow-clip rounded-md border bg-card">
      <table aria-label={t("title")} className="w-full table-fixed">
        <thead className="bg-muted">
          <tr>
            <th className={head}>{t("column.flow")}</th>
            <th className={cn(head, "@max-[640px]:hidden")}>{t("column.schedule")}</th>
            <th className={cn(head, "w-36 @max-[640px]:hidden")}>{t("column.next")}</th>
            <th className={cn(head, "w-36 @max-[720px]:hidden")}>{t("column.runs")}</th>
            <th className={cn(head, "w-26")}>{t("column.latest")}</th>
            <th className={cn(head, "w-24 small:w-26")}>
              <span className="sr-only">{t("column.actions")}</span>
            </th>
          </tr>
        </thead>
        {groups.map(({ plug, rows }) => (
          <tbody key={plug} className="not-last:border-b">
            {groups.length > 1 && (
              <tr className="bg-muted/60">
                <th scope="rowgroup" colSpan={3} className="h-8 border-b px-2.5 text-left">
                  <HubLink
                    to={`/plugs/${plug}`}
                    className="inline-flex items-center gap-2 rounded-xs text-xs hover:underline"
                  >
                    <PlugTile name={plug} />
                    {plug}
                  </HubLink>
                </th>
                {/* One each for the columns that narrow rooms leave out: a wider head would make room for them. */}
                <td className="border-b @max-[640px]:hidden" />
                <td className="border-b @max-[640px]:hidden" />
                <td className="border-b @max-[720px]:hidden" />
              </tr>
            )}
            {rows.map((row) => (
              <FlowLine key={row.id} row={row} open={row.id === openId} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
