"use client";

import { useTranslations } from "use-intl";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "../../components/ui/dropdown-menu.tsx";
import type { OverlayProps } from "../parts/lazy-overlay.tsx";
import { FIXED, RUN_COLUMNS, type RunColumn } from "./run-column-choice.ts";

interface ColumnsMenuOpenProps extends OverlayProps {
  readonly shown: readonly RunColumn[];
  readonly onToggle: (column: RunColumn) => void;
}

export default function ColumnsMenuOpen({ trigger, shown, onToggle }: ColumnsMenuOpenProps) {
  const t = useTranslations("runs");
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {RUN_COLUMNS.map((column) => (
          <DropdownMenuCheckboxItem
            key={column}
            checked={shown.includes(column)}
            disabled={FIXED.includes(column)}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={() => onToggle(column)}
          >
            {t(`column.${column === "id" ? "run" : column}`)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
