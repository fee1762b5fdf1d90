import { useLocale, useTranslations } from "use-intl";
import { useOverview } from "../../data/use-overview.ts";
import type { RoomId } from "../../rooms.tsx";

/** The figure beside each room; a room without one is left out. */
export function useNavCounts(): Partial<Record<RoomId, string>> {
  const t = useTranslations("shell");
  const number = new Intl.NumberFormat(useLocale());
  const counts = useOverview().data?.counts;
  if (!counts) return {};
  return {
    ...(counts.runsLive > 0 ? { runs: t("count.live", { count: counts.runsLive }) } : {}),
    ...(counts.eventsLastMinute > 0 ? { events: t("count.perMinute", { count: counts.eventsLastMinute }) } : {}),
    plugs: number.format(counts.plugs),
  };
}
