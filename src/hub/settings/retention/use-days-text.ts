import { useTranslations } from "use-intl";

/** A number of days in words; `null` is for ever. */
export function useDaysText(): (days: number | null) => string {
  const t = useTranslations("settings");
  return (days) => (days === null ? t("retention.ever") : t("retention.days", { days }));
}
