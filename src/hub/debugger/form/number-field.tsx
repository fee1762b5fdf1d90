"use client";

import { useState } from "react";
import { Input } from "../../../components/ui/input.tsx";
import type { ControlProps } from "./form-context.ts";

/** What is typed stays as it is typed: "1." is on its way to "1.5". What is no number is kept as text, and marked. */
export function NumberField({ id, value, invalid, change, label, field }: ControlProps) {
  const shown = value === undefined || value === null ? "" : String(value);
  const [typed, setTyped] = useState<{ readonly text: string; readonly as: unknown } | null>(null);
  return (
    <Input
      id={id}
      name={id}
      value={typed && Object.is(typed.as, value) ? typed.text : shown}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={`${id}-hint`}
      inputMode={field.kind === "number" && field.integer ? "numeric" : "decimal"}
      autoComplete="off"
      placeholder={field.schema.default === undefined ? undefined : String(field.schema.default)}
      className="h-control-sm text-xs tabular-nums small:text-sm"
      onChange={({ target: { value: text } }) => {
        const as = text.trim() === "" ? undefined : Number.isFinite(Number(text)) ? Number(text) : text;
        setTyped({ text, as });
        change(as);
      }}
    />
  );
}
