"use client";

import { useLocale } from "use-intl";
import { Tooltip } from "../../../components/ui/tooltip.tsx";
import { useNow } from "./clock.ts";
import { formatAge, formatExact, formatMoment } from "./format-time.ts";

interface TimeTextProps {
  /** ISO 8601. */
  readonly at: string;
  /** `age` counts up ("6 min"), `moment` states it ("14:26:41"). */
  readonly show?: "age" | "moment";
  readonly className?: string;
}

/** A time, short in the text and exact in the tooltip, in the viewer's zone. */
export function TimeText({ at, show = "age", className }: TimeTextProps) {
  const locale = useLocale();
  const now = useNow();
  const time = Date.parse(at);
  return (
    <Tooltip content={<ExactTime time={time} />}>
      <time dateTime={at} className={className}>
        {show === "age" ? formatAge(time, now, locale) : formatMoment(time, now, locale)}
      </time>
    </Tooltip>
  );
}

function ExactTime({ time }: { time: number }) {
  const { local, utc } = formatExact(time, useLocale());
  return (
    <>
      <span className="block">{local}</span>
      <span className="block opacity-80">{utc}</span>
    </>
  );
}
