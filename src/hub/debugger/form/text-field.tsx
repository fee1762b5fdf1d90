"use client";

import { Input } from "../../../components/ui/input.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import type { ControlProps } from "./form-context.ts";

/** Nothing typed is no value; an empty text is written in raw mode. */
export function TextField({ field, id, value, invalid, change, label }: ControlProps) {
  const text = value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
  const shared = {
    id,
    name: id,
    value: text,
    "aria-label": label,
    "aria-invalid": invalid || undefined,
    "aria-describedby": `${id}-hint`,
  };
  const long = (field.schema.maxLength ?? 0) > 500 || text.includes("\n");
  if (long)
    return (
      <Textarea
        {...shared}
        rows={2}
        onChange={({ target }) => change(target.value === "" ? undefined : target.value)}
      />
    );
  return (
    <Input
      {...shared}
      autoComplete="off"
      spellCheck={false}
      className="h-control-sm text-xs small:text-sm"
      onChange={({ target }) => change(target.value === "" ? undefined : target.value)}
    />
  );
}
