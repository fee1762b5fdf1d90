"use client";

import { PopoverContent } from "../../../components/ui/popover.tsx";
import type { FilterField } from "./filter-field.ts";
import { FilterValueList } from "./filter-value-list.tsx";

/** The values of one field, in a menu. */
export function FilterValues({ field }: { field: FilterField }) {
  return (
    <PopoverContent className="w-56" data-overlay="">
      <FilterValueList field={field} />
    </PopoverContent>
  );
}
