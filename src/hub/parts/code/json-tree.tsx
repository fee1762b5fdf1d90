"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../../components/ui/cn.ts";
import { JsonLeaf } from "./json-leaf.tsx";
import { JsonLine } from "./json-line.tsx";
import { jsonPath, jsonShape } from "./json-shape.ts";

interface JsonTreeProps {
  readonly value: unknown;
  readonly label: string;
  readonly className?: string;
}

/** JSON as a tree: two levels open, the rest one press away. */
export function JsonTree({ value, label, className }: JsonTreeProps) {
  return (
    <div role="tree" aria-label={label} className={cn("font-mono text-xs leading-5", className)}>
      <JsonNode value={value} path={[]} arrays={[]} last />
    </div>
  );
}

interface JsonNodeProps {
  readonly name?: string;
  readonly value: unknown;
  readonly path: readonly string[];
  /** Per step of the path: was it an index? */
  readonly arrays: readonly boolean[];
  readonly last: boolean;
}

const OPEN_LEVELS = 2;
const CHUNK = 100;

function JsonNode({ name, value, path, arrays, last }: JsonNodeProps) {
  const t = useTranslations("parts");
  const shape = jsonShape(value);
  const depth = path.length;
  const [open, setOpen] = useState(depth < OPEN_LEVELS);
  const [shown, setShown] = useState(CHUNK);
  const label = jsonPath(path, arrays);
  const key = name !== undefined && !arrays.at(-1) ? name : undefined;
  if (shape.kind !== "object" && shape.kind !== "array") {
    return (
      <JsonLine depth={depth} name={key} value={value} path={label}>
        <JsonLeaf shape={shape} />
        {!last && ","}
      </JsonLine>
    );
  }
  const [start, end] = shape.kind === "array" ? "[]" : "{}";
  const count = shape.entries.length;
  if (count === 0) {
    return (
      <JsonLine depth={depth} name={key} value={value} path={label}>
        {start}
        {end}
        {!last && ","}
      </JsonLine>
    );
  }
  const summary = shape.kind === "array" ? t("jsonItems", { count }) : t("jsonKeys", { count });
  return (
    <>
      <JsonLine depth={depth} name={key} value={value} path={label} open={open} onToggle={() => setOpen(!open)}>
        {start}
        {!open && (
          <>
            <span className="text-faint-foreground"> {summary} </span>
            {end}
            {!last && ","}
          </>
        )}
      </JsonLine>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: a group of tree items, not of form fields.
        <div role="group">
          {shape.entries.slice(0, shown).map(([childName, child], index) => (
            <JsonNode
              key={childName}
              name={childName}
              value={child}
              path={[...path, childName]}
              arrays={[...arrays, shape.kind === "array"]}
              last={index === count - 1}
            />
          ))}
          {count > shown && (
            <button
              type="button"
              onClick={() => setShown(shown + CHUNK)}
              className="ml-8 rounded-xs font-sans text-primary-text hover:underline"
            >
              {t("jsonMore", { count: count - shown })}
            </button>
          )}
          <div style={{ paddingLeft: depth * 14 + 16 }}>
            {end}
            {!last && ","}
          </div>
        </div>
      )}
    </>
  );
}
