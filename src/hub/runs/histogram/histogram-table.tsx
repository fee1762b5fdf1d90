import { useLocale, useTranslations } from "use-intl";
import { formatMinute } from "../../parts/time/format-time.ts";
import { type Bar, STACK } from "./chart-bars.ts";

/** The chart in words, for screen readers: the bars that are not empty. */
export function HistogramTable({ bars, now }: { bars: readonly Bar[]; now: number }) {
  const t = useTranslations("runs.histogram");
  const locale = useLocale();
  return (
    <table className="sr-only">
      <caption>{t("table")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("from")}</th>
          {STACK.map((status) => (
            <th key={status} scope="col">
              {status}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars
          .filter(({ total }) => total > 0)
          .map(({ at, counts }) => (
            <tr key={at}>
              <th scope="row">{formatMinute(at, now, locale)}</th>
              {STACK.map((status) => (
                <td key={status}>{counts[status] ?? 0}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
