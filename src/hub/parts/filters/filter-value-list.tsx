"use client";

import { Command as Primitive } from "cmdk";
import { useTranslations } from "use-intl";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { Command, CommandEmpty, CommandItem, CommandList } from "../../../components/ui/command.tsx";
import { type FilterField, toggleValue } from "./filter-field.ts";

/** Values to switch on and off; long lists can be searched. */
export function FilterValueList({ field }: { field: FilterField }) {
  const t = useTranslations("parts");
  return (
    <Command label={field.label} loop>
      {field.options.length > 8 && (
        <Primitive.Input
          autoFocus
          placeholder={t("findValue")}
          className="mx-1 mb-1 h-8 border-b px-1 text-sm outline-none"
        />
      )}
      <CommandList className="px-0 pb-0">
        <CommandEmpty>{t("noValue")}</CommandEmpty>
        {field.options.map(({ value, label, icon, count }) => (
          <CommandItem
            key={value}
            value={value}
            keywords={[label]}
            onSelect={() => toggleValue(field, value)}
            className="h-8"
          >
            {field.multiple ? (
              <Checkbox
                tabIndex={-1}
                checked={field.values.includes(value)}
                aria-hidden="true"
                className="pointer-events-none"
              />
            ) : null}
            {icon}
            <span className="min-w-0 flex-1 truncate">{label}</span>
            {count && <span className="text-xs text-muted-foreground tabular-nums">{count.text}</span>}
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  );
}
