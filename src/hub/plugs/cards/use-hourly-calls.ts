import { useApi } from "../../data/use-api.ts";
import type { HourlyCalls } from "./hour-bars.tsx";

const HOURS = 24;
const HOUR_MS = 3_600_000;

/**
 * The calls of each plug over one day, in one read for all cards.
 *
 * @returns a look-up by the plug's name: `null` until it is known, zeros for one that called nothing.
 */
export function useHourlyCalls(tenant: string): (plug: string) => HourlyCalls | null {
  const { data } = useApi(
    "listSeries",
    { query: { subject: "exchange", tenant, since: dayAgo(), step: "hour" } },
    { keepPrevious: true, staleTime: 5 * 60_000 },
  );
  if (!data) return () => null;
  const none = { counts: data.times.map(() => 0), failures: data.times.map(() => 0) };
  const byPlug = new Map(data.items.map((item) => [item.key, item]));
  return (plug) => byPlug.get(plug) ?? none;
}

/** On the hour, so that the read is the same until the next one. */
const dayAgo = (): string => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS).toISOString();
