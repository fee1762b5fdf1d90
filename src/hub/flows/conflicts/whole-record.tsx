"use client";

import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { ConflictRecord } from "../../../contract/index.ts";
import { FieldValue } from "./field-value.tsx";

/** All fields of the record, on both sides: what else there is to judge by. */
export function WholeRecord({ conflict }: { conflict: ConflictRecord }) {
  const t = useTranslations("flows.conflicts");
  const { base, source, platform, fields } = conflict;
  const clashing = new Set(fields.map(({ field }) => field));
  const names = [...new Set([source, platform, base].flatMap((side) => Object.keys(side ?? {})))];
  if (names.length === 0) return null;
  const head = "border-b px-2 py-1.5 text-left text-2xs font-normal text-muted-foreground";
  return (
    <section className="overflow-clip rounded-md border">
      <table aria-label={t("whole")} className="w-full table-fixed">
        <thead className="bg-muted">
          <tr>
            <th className={cn(head, "w-26")}>{t("column.field")}</th>
            <th className={head}>{t("column.agreed")}</th>
            <th className={head}>{conflict.plug}</th>
            <th className={head}>{t("here")}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr
              key={name}
              className={cn("[&>*]:border-b last:[&>*]:border-b-0", clashing.has(name) && "bg-st-partial-bg")}
            >
              <th scope="row" className="truncate px-2 py-1 text-left font-mono text-xs font-normal" title={name}>
                {name}
              </th>
              {[base, source, platform].map((side, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three sides, always the same.
                <td key={index} className="min-w-0 truncate px-2 py-1 text-xs">
                  {side === null ? (
                    <span className="text-muted-foreground">{index === 0 ? t("never") : t("gone")}</span>
                  ) : (
                    <FieldValue value={side[name]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
