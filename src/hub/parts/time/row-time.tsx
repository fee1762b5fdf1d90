"use client";

import { useLocale } from "use-intl";
import { useNow } from "./clock.ts";
import { formatExact, formatRowTime } from "./format-time.ts";

/** A moment in a table cell: the time of day, and the date when it was another day. Exact on hover, by the browser's own title. */
export function RowTime({ at }: { at: string }) {
  const locale = useLocale();
  const now = useNow();
  const time = Date.parse(at);
  const { local, utc } = formatExact(time, locale);
  return (
    <time dateTime={at} title={`${local}\n${utc}`} className="text-xs text-muted-foreground tabular-nums">
      {formatRowTime(time, now, locale)}
    </time>
  );
}
