"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { MappingRecord } from "../../../contract/index.ts";

interface MergePreviewProps {
  readonly stays: MappingRecord;
  readonly goes: MappingRecord;
  readonly merged: { readonly mapping: MappingRecord; readonly dropped: Readonly<Record<string, string>> };
}

/** Plug by plug: what both have now, and what would be; what is lost stands out. */
export function MergePreview({ stays, goes, merged }: MergePreviewProps) {
  const t = useTranslations("mappings.merge");
  const plugs = [...new Set([...Object.keys(stays.refs), ...Object.keys(goes.refs)])].toSorted();
  const lost = Object.keys(merged.dropped).length;
  const head = "border-b px-2 py-1.5 text-left text-2xs font-normal text-muted-foreground";
  const cell = "min-w-0 truncate border-b px-2 py-1 font-mono text-xs group-last/line:border-b-0";
  return (
    <div className="flex flex-col gap-1.5">
      <div className="overflow-clip rounded-md border">
        <table aria-label={t("preview")} className="w-full table-fixed">
          <thead className="bg-muted">
            <tr>
              <th className={cn(head, "w-28")}>{t("plug")}</th>
              <th className={head}>{t("staying")}</th>
              <th className={head}>{t("going")}</th>
              <th className={head}>{t("after")}</th>
            </tr>
          </thead>
          <tbody>
            {plugs.map((plug) => {
              const dropped = merged.dropped[plug] !== undefined;
              return (
                <tr key={plug} className="group/line">
                  <th scope="row" className={cn(cell, "text-left font-sans font-normal")}>
                    {plug}
                  </th>
                  <td className={cell}>{stays.refs[plug] ?? <None />}</td>
                  <td className={cn(cell, dropped && "bg-diff-del")}>
                    {dropped ? <del>{goes.refs[plug]}</del> : (goes.refs[plug] ?? <None />)}
                  </td>
                  <td className={cn(cell, stays.refs[plug] !== merged.mapping.refs[plug] && "bg-diff-add")}>
                    {merged.mapping.refs[plug] ?? <None />}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={cn("text-xs", lost > 0 ? "text-st-failed-fg" : "text-muted-foreground")}>
        {t("lost", { count: lost })}
      </p>
    </div>
  );
}

function None() {
  const t = useTranslations("mappings");
  return <span className="font-sans text-faint-foreground">{t("noRef")}</span>;
}
