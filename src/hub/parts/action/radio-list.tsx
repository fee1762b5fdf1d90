"use client";

import { RadioGroup } from "radix-ui";

interface RadioListProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
}

/** One of several, each on its own line. */
export function RadioList({ label, value, onChange, options }: RadioListProps) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={onChange}
      className="divide-y divide-border overflow-hidden rounded-md border"
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control.
        <label
          key={option.value}
          className="flex min-h-9 cursor-pointer items-center gap-2.5 px-3 hover:bg-muted small:min-h-11"
        >
          <RadioGroup.Item
            value={option.value}
            className="grid size-3.5 shrink-0 place-items-center rounded-full border-[1.25px] border-control bg-card data-[state=checked]:border-primary data-[state=checked]:bg-primary"
          >
            <RadioGroup.Indicator className="size-1.5 rounded-full bg-primary-foreground" />
          </RadioGroup.Item>
          <span className="min-w-0 truncate">{option.label}</span>
          {option.hint && <span className="ml-auto text-xs text-faint-foreground">{option.hint}</span>}
        </label>
      ))}
    </RadioGroup.Root>
  );
}
