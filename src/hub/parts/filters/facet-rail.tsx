"use client";

import { useId, useState } from "react";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { type FilterField, toggleValue } from "./filter-field.ts";

/** The same filters as the chips, always in sight. */
export function FacetRail({ fields, label }: { fields: readonly FilterField[]; label: string }) {
  return (
    <aside aria-label={label} className="no-scrollbar flex min-h-0 flex-col gap-2.5 overflow-y-auto max-md:hidden">
      {fields.map((field) => field.options.length > 0 && <Facet key={field.key} field={field} />)}
    </aside>
  );
}

function Facet({ field }: { field: FilterField }) {
  const [open, setOpen] = useState(true);
  const id = useId();
  return (
    <section>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-6.5 items-center gap-1.5 rounded-sm text-xs font-medium text-muted-foreground hover:text-foreground"
      >
        <Icon name={open ? "chevron-down" : "chevron-right"} className="size-3" />
        {field.label}
      </button>
      <div id={id} hidden={!open}>
        {field.options.map(({ value, label, icon, count }) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control.
          <label
            key={value}
            className="flex h-6.5 cursor-pointer items-center gap-2 rounded-sm pr-1 pl-0.5 text-xs hover:bg-accent"
          >
            <Checkbox checked={field.values.includes(value)} onCheckedChange={() => toggleValue(field, value)} />
            {icon}
            <span className={count?.none ? "min-w-0 flex-1 truncate text-faint-foreground" : "min-w-0 flex-1 truncate"}>
              {label}
            </span>
            {count && (
              <span
                className={count.none ? "text-faint-foreground tabular-nums" : "text-muted-foreground tabular-nums"}
              >
                {count.text}
              </span>
            )}
          </label>
        ))}
      </div>
    </section>
  );
}
