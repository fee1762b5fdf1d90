import type { ReactNode } from "react";

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** How many rows it would find, as the page says it: "1,093", "about 4,200". Zero stays, in third voice. */
  readonly count?: { readonly text: string; readonly none: boolean } | undefined;
}

/** One thing a list can be narrowed by, and what it is narrowed to now. */
export interface FilterField {
  readonly key: string;
  readonly label: string;
  readonly options: readonly FilterOption[];
  /** Several values at once. */
  readonly multiple: boolean;
  readonly values: readonly string[];
  readonly set: (values: readonly string[]) => void;
}

/** Switch one value of a field on or off. */
export function toggleValue(field: FilterField, value: string): void {
  const has = field.values.includes(value);
  if (!field.multiple) field.set(has ? [] : [value]);
  else field.set(has ? field.values.filter((other) => other !== value) : [...field.values, value]);
}

/** What a chip says: "failed, partial" or "4 values" when it would grow too long. */
export function chipText(field: FilterField, many: (count: number) => string): string {
  const labels = field.values.map((value) => field.options.find((option) => option.value === value)?.label ?? value);
  return labels.length > 3 ? many(labels.length) : labels.join(", ");
}
