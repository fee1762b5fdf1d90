"use client";

import { type ComponentProps, useId } from "react";
import { Checkbox } from "../../components/ui/checkbox.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Select } from "../../components/ui/select.tsx";

type FieldProps = { readonly label: string; readonly onText: (text: string) => void } & ComponentProps<"input">;

export function Field({ label, onText, ...props }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <Input id={id} onChange={(event) => onText(event.target.value)} {...props} />
    </div>
  );
}

type ChoiceProps = { readonly label: string; readonly onText: (text: string) => void } & ComponentProps<"select">;

export function Choice({ label, onText, ...props }: ChoiceProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <Select id={id} onChange={(event) => onText(event.target.value)} {...props} />
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onTick: (checked: boolean) => void;
}

export function Tick({ label, checked, onTick }: TickProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Checkbox id={id} checked={checked} onCheckedChange={(state) => onTick(state === true)} />
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
    </div>
  );
}
