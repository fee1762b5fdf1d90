"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Command, CommandItem, CommandList } from "../../../components/ui/command.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Popover, PopoverContent, PopoverTrigger } from "../../../components/ui/popover.tsx";
import type { OverlayProps } from "../lazy-overlay.tsx";
import type { FilterField } from "./filter-field.ts";
import { FilterValueList } from "./filter-value-list.tsx";

/** First which field, then which of its values. */
export default function AddFilterOpen({ trigger, fields }: OverlayProps & { fields: readonly FilterField[] }) {
  const [open, setOpen] = useState(true);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      {open && <FieldMenu fields={fields} onClose={() => setOpen(false)} />}
    </Popover>
  );
}

function FieldMenu({ fields, onClose }: { fields: readonly FilterField[]; onClose: () => void }) {
  const t = useTranslations("parts");
  const [chosen, setChosen] = useState<FilterField | null>(null);
  const field = chosen && {
    ...chosen,
    set: (values: readonly string[]) => {
      chosen.set(values);
      onClose();
    },
  };
  return (
    <PopoverContent className="w-56" data-overlay="">
      {field ? (
        <FilterValueList field={field} />
      ) : (
        <Command label={t("filterBy")} loop>
          <CommandList className="px-0 pb-0">
            {fields.map((entry) => (
              <CommandItem key={entry.key} value={entry.key} onSelect={() => setChosen(entry)} className="h-8">
                <span className="flex-1">{entry.label}</span>
                <Icon name="chevron-right" className="size-3.5" />
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      )}
    </PopoverContent>
  );
}
