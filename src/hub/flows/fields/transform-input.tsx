"use client";

import { cn } from "../../../components/ui/cn.ts";

interface TransformInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly invalid: boolean;
  readonly disabled: boolean;
  readonly describedBy: string;
}

/** A JSONata expression: one line, and as many as it takes. */
export function TransformInput(props: TransformInputProps) {
  const { label, value, onChange, placeholder, invalid, disabled, describedBy } = props;
  return (
    <textarea
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      rows={1}
      value={value}
      placeholder={placeholder}
      disabled={disabled}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      onChange={(event) => onChange(event.target.value)}
      className={cn(
        "scroll-quiet field-sizing-content max-h-48 min-h-(--h-control-sm) w-full resize-none rounded-sm border border-input bg-card px-2 py-[3px] small:py-2 font-mono text-xs leading-4.5 shadow-xs input-focus",
        "placeholder:font-sans placeholder:text-faint-foreground aria-invalid:border-st-failed disabled:bg-muted disabled:text-muted-foreground",
      )}
    />
  );
}
