import { useLocale, useTranslations } from "use-intl";
import { formatDuration } from "../../parts/time/format-duration.ts";

/** Rates, shares and durations as short words: "4.8/min", "31 %", "2.9 s". */
export function useFigures() {
  const locale = useLocale();
  const t = useTranslations("overview.canvas");
  return {
    rate(perMinute: number): string {
      if (perMinute === 0) return t("idle");
      const digits = perMinute < 10 ? 1 : 0;
      if (perMinute < 0.05) return t("perHour", { rate: format(locale, perMinute * 60, 1) });
      return t("perMinute", { rate: format(locale, perMinute, digits) });
    },
    share: (share: number) => `${format(locale, share * 100, share < 0.1 ? 1 : 0)} %`,
    duration: (ms: number) => formatDuration(ms, locale),
    count: (count: number) => new Intl.NumberFormat(locale).format(count),
  };
}

const format = (locale: string, value: number, digits: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
