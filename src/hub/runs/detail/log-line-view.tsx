"use client";

import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import type { LogLevel, LogLine } from "../../../contract/index.ts";
import { formatClock } from "../../parts/time/format-time.ts";

const LEVEL_CLASSES: Record<LogLevel, string> = {
  debug: "text-faint-foreground",
  info: "text-muted-foreground",
  warn: "text-st-partial-fg",
  error: "text-st-failed-fg",
};

/** One line: time, level, attempt, text. Levels are coloured, text is not. */
export function LogLineView({ line }: { line: LogLine }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  return (
    <div className="grid grid-cols-[92px_40px_20px_minmax(0,1fr)] items-baseline gap-2.5 px-3 font-mono text-xs leading-5.25 small:grid-cols-[84px_36px_minmax(0,1fr)] small:gap-2">
      <time dateTime={line.at} className="text-faint-foreground tabular-nums">
        {formatClock(Date.parse(line.at), locale, { ms: true })}
      </time>
      <span className={LEVEL_CLASSES[line.level]}>{line.level}</span>
      <span className="text-faint-foreground small:hidden">{t("log.attempt", { number: line.attempt })}</span>
      <span className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        {line.message}
        {line.data !== undefined && line.data !== null && (
          <span className={cn("text-faint-foreground", line.message && "ml-2")}>{JSON.stringify(line.data)}</span>
        )}
      </span>
    </div>
  );
}
