"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { cn } from "../../../components/ui/cn.ts";

interface WindowedLinesProps {
  readonly count: number;
  /** Height of a row that does not wrap, in px. */
  readonly lineHeight: number;
  readonly children: (index: number) => ReactNode;
  readonly label: string;
  readonly className?: string;
}

/** Up to so many rows stand in the page as they are; more scroll in a window of their own. */
const PLAIN = 300;

/** Rows of a text, of which only those in sight exist when there are many. */
export function WindowedLines(props: WindowedLinesProps) {
  const { count, children, className, label } = props;
  if (count > PLAIN) return <Window {...props} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className={cn("overflow-x-auto focus-inset", className)}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its position.
        <div key={index}>{children(index)}</div>
      ))}
    </section>
  );
}

function Window({ count, lineHeight, children, className, label }: WindowedLinesProps) {
  const scroller = useRef<HTMLElement>(null);
  const windowed = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 12,
  });
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className={cn("scroll-quiet max-h-120 overflow-auto focus-inset", className)}
    >
      <div className="relative" style={{ height: windowed.getTotalSize() }}>
        {windowed.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={windowed.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {children(item.index)}
          </div>
        ))}
      </div>
    </section>
  );
}
