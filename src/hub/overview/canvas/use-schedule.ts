import { useTranslations } from "use-intl";

/** A flow's schedules, short. The words stand in its inspector; a node has room for one line. */
export function useSchedule() {
  const t = useTranslations("overview.canvas");
  return (schedules: readonly string[]): string => {
    const [first] = schedules;
    if (first === undefined) return t("byHand");
    return schedules.length > 1 ? t("schedules", { count: schedules.length }) : first;
  };
}
