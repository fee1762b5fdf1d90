"use client";

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { formatMinute } from "../../parts/time/format-time.ts";
import { type BarRange, draggedBars, edgeByKey, moveEdge, rangeOfBars } from "./brush.ts";

interface BrushLayerProps {
  readonly starts: readonly number[];
  readonly stepMs: number;
  readonly range: BarRange | null;
  readonly now: number;
  readonly onRange: (range: ReturnType<typeof rangeOfBars>) => void;
}

interface Drag {
  readonly kind: "range" | "first" | "end";
  readonly from: number;
  readonly range: BarRange;
}

/** Drag over the bars to choose a range, or move its edges; by keys too. */
export function BrushLayer({ starts, stepMs, range, now, onRange }: BrushLayerProps) {
  const t = useTranslations("runs.histogram");
  const locale = useLocale();
  const layer = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const { length } = starts;
  const whole: BarRange = { first: 0, end: length };
  const shown = drag?.range ?? range;
  const edges = shown ?? whole;

  const placeOf = (event: PointerEvent) => {
    const box = layer.current?.getBoundingClientRect();
    return box ? ((event.clientX - box.left) / box.width) * length : 0;
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !(event.target instanceof HTMLElement)) return;
    const edge = event.target.dataset.edge;
    const from = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (edge === "first" || edge === "end") setDrag({ kind: edge, from, range: edges });
    else setDrag({ kind: "range", from, range: draggedBars(from, from, length) });
  };
  const move = (event: PointerEvent) => {
    if (!drag) return;
    const at = placeOf(event);
    const next =
      drag.kind === "range" ? draggedBars(drag.from, at, length) : moveEdge(edges, drag.kind, Math.round(at), length);
    setDrag({ ...drag, range: next });
  };
  const end = () => {
    if (!drag) return;
    setDrag(null);
    onRange(rangeOfBars(drag.range, starts));
  };
  const onKey = (edge: "first" | "end") => (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const to = edgeByKey(event.key, edges[edge], event.shiftKey, length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    onRange(rangeOfBars(moveEdge(edges, edge, to, length), starts));
  };
  const percent = (place: number) => `${(100 * place) / length}%`;
  const time = (place: number) =>
    place >= length ? t("now") : formatMinute(starts[place] ?? (starts[0] ?? 0) + place * stepMs, now, locale);
  return (
    <div
      ref={layer}
      data-slot="brush"
      className="absolute inset-0 cursor-crosshair touch-pan-y select-none"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      {shown && (
        <div
          className="pointer-events-none absolute inset-y-0 border-x border-primary bg-primary/8"
          style={{ left: percent(shown.first), right: percent(length - shown.end) }}
        />
      )}
      {(["first", "end"] as const).map((edge) => (
        <div
          key={edge}
          role="slider"
          tabIndex={0}
          data-edge={edge}
          aria-label={t(edge === "first" ? "start" : "end")}
          aria-valuemin={0}
          aria-valuemax={length}
          aria-valuenow={edges[edge]}
          aria-valuetext={time(edges[edge])}
          onKeyDown={onKey(edge)}
          className={cn(
            "absolute top-1/2 h-5.5 w-1.75 -translate-x-1/2 -translate-y-1/2 cursor-ew-resize rounded-[3px] border border-primary bg-card",
            !shown && "opacity-0 focus-visible:opacity-100",
          )}
          style={{ left: percent(edges[edge]) }}
        />
      ))}
    </div>
  );
}
