import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";

interface RowWindowOptions {
  readonly frame: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly rowHeight: number;
  /** On small screens the page scrolls, not the table. */
  readonly small: boolean;
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void } | undefined;
}

/** Which rows exist in the page right now, and how much room the others take. Asks for the next page near the end. */
export function useRowWindow({ frame, count, rowHeight, small, more }: RowWindowOptions) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [offset, setOffset] = useState(0);

  useLayoutEffect(() => {
    const element = frame.current;
    const parent = small ? (element?.closest<HTMLElement>("[data-scroll]") ?? element) : element;
    setScroller(parent ?? null);
    const body = element?.querySelector("tbody");
    if (!parent || !body) return;
    setOffset(body.getBoundingClientRect().top - parent.getBoundingClientRect().top + parent.scrollTop);
  }, [frame, small]);

  const windowed = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: offset,
    // Before the first measure there is nothing to go by; a screenful is a better guess than nothing.
    initialRect: { width: 1_000, height: 800 },
  });
  useEffect(() => {
    void rowHeight;
    windowed.measure();
  }, [windowed, rowHeight]);

  const items = windowed.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const nearEnd = last !== undefined && last.index >= count - 8;
  useEffect(() => {
    if (nearEnd && more?.has && !more.loading) more.load();
  }, [nearEnd, more]);

  const scrollTo = useCallback((index: number) => windowed.scrollToIndex(index, { align: "auto" }), [windowed]);
  return {
    indexes: items.map(({ index }) => index),
    before: first ? first.start - offset : 0,
    after: last ? windowed.getTotalSize() - (last.end - offset) : 0,
    scrollTo,
  };
}
