"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { LogLine } from "../../../contract/index.ts";
import { LogLineView } from "./log-line-view.tsx";

/** The log: follows its end until one scrolls up, then counts what came since. */
export function RunLog({ lines, live }: { lines: readonly LogLine[]; live: boolean }) {
  const t = useTranslations("runs");
  const scroller = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState<number | null>(null);
  const following = seen === null;
  const windowed = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 21,
    overscan: 16,
    getItemKey: (index) => lines[index]?.seq ?? index,
  });
  useEffect(() => {
    if (live && following && lines.length > 0) windowed.scrollToIndex(lines.length - 1, { align: "end" });
  }, [live, following, lines.length, windowed]);
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    if (atEnd) setSeen(null);
    else if (following) setSeen(lines.length);
  };
  const unseen = seen === null ? 0 : Math.max(0, lines.length - seen);
  return (
    <div className="relative">
      <section
        ref={scroller}
        aria-label={t("log.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={onScroll}
        className="scroll-quiet max-h-105 overflow-y-auto py-1.25 focus-inset"
      >
        <div className="relative" style={{ height: windowed.getTotalSize() }}>
          {windowed.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return (
              <div
                key={item.key}
                ref={windowed.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {line && <LogLineView line={line} />}
              </div>
            );
          })}
        </div>
      </section>
      {live && unseen > 0 && (
        <Button
          className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-lg"
          onClick={() => {
            setSeen(null);
            windowed.scrollToIndex(lines.length - 1, { align: "end" });
          }}
        >
          <Icon name="arrow-down" className="size-3.5" />
          {t("log.newLines", { count: unseen })}
        </Button>
      )}
    </div>
  );
}
