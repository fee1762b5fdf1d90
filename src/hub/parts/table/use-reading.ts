import { type RefObject, useEffect, useRef } from "react";

/**
 * Tells when somebody is busy with the rows: the pointer is over them, the focus is in them, or they are
 * scrolled away from the top. A touch counts as long as it lasts.
 */
export function useReading(frame: RefObject<HTMLElement | null>, onReading?: (reading: boolean) => void): void {
  const latest = useRef(onReading);
  useEffect(() => {
    latest.current = onReading;
  });
  const wanted = onReading !== undefined;
  useEffect(() => {
    const element = frame.current;
    if (!element || !wanted) return;
    const scroller = element.closest<HTMLElement>("[data-scroll]");
    const state = { pointer: false, focus: false, scrolled: false };
    let told = false;
    const tell = (change: Partial<typeof state>) => {
      Object.assign(state, change);
      const reading = state.pointer || state.focus || state.scrolled;
      if (reading !== told) latest.current?.(reading);
      told = reading;
    };
    const stop = new AbortController();
    const on = (target: HTMLElement, type: string, listener: () => void) =>
      target.addEventListener(type, listener, { signal: stop.signal, passive: true });
    on(element, "pointerenter", () => tell({ pointer: true }));
    on(element, "pointerleave", () => tell({ pointer: false }));
    on(element, "focusin", () => tell({ focus: element.querySelector(":focus-visible") !== null }));
    on(element, "focusout", () => tell({ focus: false }));
    const onScroll = () => tell({ scrolled: element.scrollTop > 4 || (scroller?.scrollTop ?? 0) > 4 });
    on(element, "scroll", onScroll);
    if (scroller) on(scroller, "scroll", onScroll);
    return () => {
      stop.abort();
      if (told) latest.current?.(false);
    };
  }, [frame, wanted]);
}
