"use client";

import { Slot } from "radix-ui";
import {
  createContext,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { placeTooltip } from "./place-tooltip.ts";

interface Shown {
  readonly anchor: HTMLElement;
  readonly content: ReactNode;
}

interface TooltipLayer {
  readonly show: (shown: Shown, waitMs: number) => void;
  readonly hide: (anchor: HTMLElement) => void;
}

const Layer = createContext<TooltipLayer | null>(null);
const WAIT_MS = 300;

/** One bubble for the whole Hub: a table of a hundred times must not carry a hundred tooltips. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const layer = useMemo<TooltipLayer>(
    () => ({
      show: (next, waitMs) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setShown(next), waitMs);
      },
      hide: (anchor) => {
        clearTimeout(timer.current);
        setShown((now) => (now?.anchor === anchor ? null : now));
      },
    }),
    [],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Layer value={layer}>
      {children}
      {shown && <Bubble key={String(shown.content)} shown={shown} onGone={() => setShown(null)} />}
    </Layer>
  );
}

function Bubble({ shown, onGone }: { shown: Shown; onGone: () => void }) {
  const { anchor, content } = shown;
  const id = useId();
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const box = element.current?.getBoundingClientRect();
    if (!box || !anchor.isConnected) return onGone();
    setPlace(placeTooltip(anchor.getBoundingClientRect(), box, { width: innerWidth, height: innerHeight }));
    anchor.setAttribute("aria-describedby", id);
    return () => anchor.removeAttribute("aria-describedby");
  }, [anchor, id, onGone]);
  useEffect(() => {
    const stop = new AbortController();
    const options = { signal: stop.signal, capture: true };
    document.addEventListener("keydown", (event) => event.key === "Escape" && onGone(), options);
    document.addEventListener("scroll", onGone, options);
    document.addEventListener("pointerdown", onGone, options);
    return () => stop.abort();
  }, [onGone]);
  return (
    <div
      ref={element}
      id={id}
      role="tooltip"
      data-slot="tooltip"
      className="pointer-events-none fixed z-60 max-w-80 rounded-sm bg-foreground px-2 py-1 text-2xs text-background tabular-nums"
      style={place ?? { left: 0, top: 0, visibility: "hidden" }}
    >
      {content}
    </div>
  );
}

interface TooltipProps {
  readonly content: ReactNode;
  readonly children: ReactNode;
  /** Without content there is nothing to show: the child stays as it is. */
  readonly disabled?: boolean;
}

/** For exact values and for why something is disabled; never for what one needs in order to act. */
export function Tooltip({ content, children, disabled = false }: TooltipProps) {
  const layer = useContext(Layer);
  if (disabled || !layer) return children;
  const show = ({ currentTarget: anchor }: { currentTarget: HTMLElement }, waitMs: number) =>
    layer.show({ anchor, content }, waitMs);
  return (
    <Slot.Root
      onPointerEnter={(event: PointerEvent<HTMLElement>) => event.pointerType !== "touch" && show(event, WAIT_MS)}
      onPointerLeave={(event: PointerEvent<HTMLElement>) => layer.hide(event.currentTarget)}
      onFocus={(event: FocusEvent<HTMLElement>) => event.target.matches(":focus-visible") && show(event, 0)}
      onBlur={(event: FocusEvent<HTMLElement>) => layer.hide(event.currentTarget)}
    >
      {children}
    </Slot.Root>
  );
}
