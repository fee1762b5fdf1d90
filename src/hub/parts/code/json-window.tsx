"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { JsonLeaf } from "./json-leaf.tsx";
import { JsonLine } from "./json-line.tsx";
import { jsonPreview } from "./json-preview.ts";
import { jsonPath, jsonShape } from "./json-shape.ts";
import { type TreeRow, treeRows } from "./tree-rows.ts";

interface JsonWindowProps {
  readonly value: unknown;
  readonly label: string;
  readonly className?: string;
}

/** JSON of any size as a tree that fills its place: only the lines in sight exist. Arrows move, right opens, left closes. */
export function JsonWindow({ value, label, className }: JsonWindowProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const rows = useMemo(() => treeRows(value, toggled), [value, toggled]);
  const windowed = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 16,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const toggle = (id: string) =>
    setToggled((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const move = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    setActive(at);
    windowed.scrollToIndex(at);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = rows[active];
    const step = STEPS[event.key];
    if (event.metaKey || event.ctrlKey || event.altKey || event.target !== event.currentTarget) return;
    if (step !== undefined) move(active + step);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(rows.length - 1);
    else if (
      row &&
      (event.key === "Enter" ||
        (event.key === "ArrowRight" && row.kind === "closed") ||
        (event.key === "ArrowLeft" && row.kind === "open"))
    ) {
      if (row.count > 0 && row.kind !== "end") toggle(row.id);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${label}:${active}`}
      onKeyDown={onKeyDown}
      className={cn("group/tree scroll-quiet overflow-auto py-2 font-mono text-xs leading-5 focus-inset", className)}
    >
      <div className="relative" role="presentation" style={{ height: windowed.getTotalSize() }}>
        {windowed.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row ? (
            <div
              key={item.key}
              ref={windowed.measureElement}
              data-index={item.index}
              id={`${label}:${item.index}`}
              role="presentation"
              onPointerDown={() => setActive(item.index)}
              className={cn(
                "absolute inset-x-0 top-0 px-3",
                item.index === active && "group-focus-visible/tree:bg-accent",
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Row row={row} onToggle={toggle} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 };

function Row({ row, onToggle }: { row: TreeRow; onToggle: (id: string) => void }) {
  const t = useTranslations("parts");
  const [start, end] = row.list ? "[]" : "{}";
  const comma = row.last ? "" : ",";
  if (row.kind === "end") {
    return (
      <div aria-hidden="true" style={{ paddingLeft: row.depth * 14 + 16 }}>
        {end}
        {comma}
      </div>
    );
  }
  const shape = row.kind === "leaf" ? jsonShape(row.value) : null;
  const common = {
    depth: row.depth,
    name: row.name ?? undefined,
    value: row.value,
    path: jsonPath(row.path, row.arrays),
  };
  if (shape && shape.kind !== "object" && shape.kind !== "array") {
    return (
      <JsonLine {...common}>
        <JsonLeaf shape={shape} />
        {comma}
      </JsonLine>
    );
  }
  if (row.count === 0) {
    return (
      <JsonLine {...common}>
        {start}
        {end}
        {comma}
      </JsonLine>
    );
  }
  const open = row.kind === "open";
  return (
    <JsonLine {...common} open={open} onToggle={() => onToggle(row.id)}>
      {start}
      {!open && (
        <>
          <span className="text-faint-foreground">
            {" "}
            {row.list
              ? t("jsonItems", { count: row.count })
              : jsonPreview(row.value) || t("jsonKeys", { count: row.count })}{" "}
          </span>
          {end}
          {comma}
        </>
      )}
    </JsonLine>
  );
}
