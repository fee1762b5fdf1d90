"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import type { JsonShape } from "./json-shape.ts";

const CUT = 240;

/** A value without children. Long text is cut and says how long it is; what was redacted steps back. */
export function JsonLeaf({ shape }: { shape: Extract<JsonShape, { text: string }> }) {
  const t = useTranslations("parts");
  const [whole, setWhole] = useState(false);
  if (shape.kind === "number") return <span className="text-code-number">{shape.text}</span>;
  if (shape.kind === "literal") return <span className="text-code-literal">{shape.text}</span>;
  if (shape.text === "[redacted]") return <span className="text-faint-foreground">{shape.text}</span>;
  const cut = shape.text.length > CUT && !whole;
  return (
    <>
      <span className="text-code-string">{JSON.stringify(cut ? shape.text.slice(0, CUT) : shape.text)}</span>
      {cut && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="ml-1.5 rounded-xs font-sans text-2xs text-primary-text hover:underline"
        >
          {t("wholeText", { count: shape.text.length })}
        </button>
      )}
    </>
  );
}
