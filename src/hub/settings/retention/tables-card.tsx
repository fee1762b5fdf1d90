"use client";

import { useLocale, useTranslations } from "use-intl";
import { useApi } from "../../data/use-api.ts";
import { formatBytes } from "../../parts/format-number.ts";
import { TimeText } from "../../parts/time/time-text.tsx";
import { SettingsCard } from "../settings-card.tsx";
import { useDaysText } from "./use-days-text.ts";

const head = "h-8 border-b bg-muted px-3 text-left text-2xs font-normal text-muted-foreground";
const cell = "h-8 border-b px-3 text-xs tabular-nums group-last/row:border-b-0";

/** What takes how much room; the largest first. */
export function TablesCard() {
  const t = useTranslations("settings");
  const locale = useLocale();
  const daysText = useDaysText();
  const number = new Intl.NumberFormat(locale);
  const { data, error, refetch } = useApi("getStorage", {});
  return (
    <SettingsCard
      title={t("tables.title")}
      loading={!data}
      error={error ? { title: t("tables.failed"), error, retry: () => void refetch() } : null}
      aside={
        data && (
          <span className="text-xs text-muted-foreground tabular-nums">
            {t("tables.all", { size: formatBytes(data.databaseBytes, locale) })}
          </span>
        )
      }
    >
      {data && (
        <table aria-label={t("tables.title")} className="w-full table-fixed">
          <thead>
            <tr>
              <th className={head}>{t("tables.name")}</th>
              <th className={`${head} w-24 text-right small:w-20`}>{t("tables.size")}</th>
              <th className={`${head} w-28 text-right small:w-24`}>{t("tables.rows")}</th>
              <th className={`${head} w-40 small:hidden`}>{t("tables.oldest")}</th>
              <th className={`${head} w-32 small:hidden`}>{t("tables.rule")}</th>
            </tr>
          </thead>
          <tbody>
            {data.tables.map((table) => (
              <tr key={`${table.schema}.${table.table}`} className="group/row">
                <th
                  scope="row"
                  title={`${table.schema}.${table.table}`}
                  className={`${cell} truncate text-left font-mono font-normal`}
                >
                  {table.schema !== "public" && <span className="text-faint-foreground">{table.schema}.</span>}
                  {table.table}
                </th>
                <td className={`${cell} text-right`}>{formatBytes(table.bytes, locale)}</td>
                <td className={`${cell} truncate text-right`}>
                  {table.rows === null ? (
                    <span className="text-faint-foreground">{t("tables.rowsUnknown")}</span>
                  ) : (
                    number.format(table.rows)
                  )}
                </td>
                <td className={`${cell} small:hidden`}>
                  {table.oldestAt && <TimeText at={table.oldestAt} show="moment" />}
                </td>
                <td className={`${cell} small:hidden`}>
                  {table.retention === null ? (
                    <span className="text-faint-foreground">{t("tables.noRule")}</span>
                  ) : (
                    daysText(table.days)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SettingsCard>
  );
}
