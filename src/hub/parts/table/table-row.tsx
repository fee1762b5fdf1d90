import type { ReactTable, Row } from "@tanstack/react-table";
import { type MouseEvent, memo, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Checkbox } from "../../../components/ui/checkbox.tsx";
import { cn } from "../../../components/ui/cn.ts";
import type { FEATURES } from "./table-features.ts";

interface TableRowProps<T extends { readonly id: string }> {
  readonly table: ReactTable<typeof FEATURES, T>;
  readonly row: Row<typeof FEATURES, T>;
  readonly index: number;
  readonly height: number;
  readonly open: boolean;
  readonly focusable: boolean;
  readonly fresh: boolean;
  readonly span: number;
  /** `null`: rows cannot be chosen. */
  readonly selected: boolean | null;
  readonly onSelect: ((id: string, range: boolean) => void) | undefined;
  readonly onOpen: (row: T) => void;
  readonly onFocus: (id: string) => void;
  readonly renderSmall: ((row: T) => ReactNode) | undefined;
}

function TableRowInner<T extends { readonly id: string }>(props: TableRowProps<T>) {
  const { table, row, index, height, open, focusable, fresh, span, selected, onSelect, onOpen, onFocus, renderSmall } =
    props;
  const t = useTranslations("parts");
  const box = selected !== null && (
    <Checkbox
      tabIndex={-1}
      className="shrink-0 align-middle"
      aria-label={t("selectRow")}
      checked={selected}
      onClick={(event) => onSelect?.(row.id, event.shiftKey)}
    />
  );
  const onClick = (event: MouseEvent) => {
    const target = event.target;
    const own = target instanceof Element && target.closest("a, button, input, [role=checkbox], [data-select]");
    if (own || window.getSelection()?.toString()) return;
    onOpen(row.original);
  };
  return (
    <tr
      data-row-id={row.id}
      aria-rowindex={index + 2}
      aria-current={open || undefined}
      aria-selected={selected ?? undefined}
      tabIndex={focusable ? 0 : -1}
      onClick={onClick}
      onFocus={() => onFocus(row.id)}
      className={cn(
        "group/row cursor-default focus-inset",
        fresh && "[&>td]:animate-fresh motion-reduce:[&>td]:bg-st-running-bg",
      )}
    >
      {renderSmall ? (
        <td
          colSpan={span}
          style={{ height }}
          className={cn(
            "border-b px-3 py-2 group-last/row:border-b-0",
            selected && "bg-primary-soft",
            open && "bg-accent",
          )}
        >
          {box ? (
            <div className="flex items-center gap-3">
              {box}
              <div className="min-w-0 flex-1">{renderSmall(row.original)}</div>
            </div>
          ) : (
            renderSmall(row.original)
          )}
        </td>
      ) : (
        <>
          {box && (
            <td
              data-select=""
              style={{ height }}
              onMouseDown={(event) => event.shiftKey && event.preventDefault()}
              className={cn(
                "border-b pl-2.5 transition-colors duration-90 group-last/row:border-b-0 group-hover/row:bg-muted",
                selected && "bg-primary-soft group-hover/row:bg-primary-soft",
                open && "bg-accent shadow-[inset_2px_0_0_var(--primary)] group-hover/row:bg-accent",
              )}
            >
              {box}
            </td>
          )}
          {row.getVisibleCells().map((cell, column) => {
            const look = cell.column.columnDef.meta;
            return (
              <td
                key={cell.id}
                style={{ height }}
                className={cn(
                  "truncate border-b px-2 first:pl-2.5 last:pr-2.5 transition-colors duration-90 group-last/row:border-b-0 group-hover/row:bg-muted",
                  look?.align === "right" && "text-right",
                  selected && "bg-primary-soft group-hover/row:bg-primary-soft",
                  open && "bg-accent group-hover/row:bg-accent",
                  open && column === 0 && !box && "shadow-[inset_2px_0_0_var(--primary)]",
                )}
              >
                <table.FlexRender cell={cell} />
              </td>
            );
          })}
        </>
      )}
    </tr>
  );
}

/** Drawn anew only when its own record or state changed. */
export const TableRow = memo(
  TableRowInner,
  (a, b) =>
    a.row.original === b.row.original &&
    a.index === b.index &&
    a.height === b.height &&
    a.open === b.open &&
    a.focusable === b.focusable &&
    a.fresh === b.fresh &&
    a.span === b.span &&
    a.selected === b.selected &&
    a.onSelect === b.onSelect &&
    a.renderSmall === b.renderSmall &&
    a.table === b.table,
) as typeof TableRowInner;
