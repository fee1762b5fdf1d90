import type { ReactTable, Row } from "@tanstack/react-table";
import { type MouseEvent, memo, type ReactNode } from "react";
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
  readonly onOpen: (row: T) => void;
  readonly onFocus: (id: string) => void;
  readonly renderSmall: ((row: T) => ReactNode) | undefined;
}

function TableRowInner<T extends { readonly id: string }>(props: TableRowProps<T>) {
  const { table, row, index, height, open, focusable, fresh, span, onOpen, onFocus, renderSmall } = props;
  const onClick = (event: MouseEvent) => {
    const target = event.target;
    const own = target instanceof Element && target.closest("a, button, input, [role=checkbox]");
    if (own || window.getSelection()?.toString()) return;
    onOpen(row.original);
  };
  return (
    <tr
      data-row-id={row.id}
      aria-rowindex={index + 2}
      aria-current={open || undefined}
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
          className={cn("border-b px-3 py-2 group-last/row:border-b-0", open && "bg-accent")}
        >
          {renderSmall(row.original)}
        </td>
      ) : (
        row.getVisibleCells().map((cell, column) => {
          const look = cell.column.columnDef.meta;
          return (
            <td
              key={cell.id}
              style={{ height }}
              className={cn(
                "truncate border-b px-2 first:pl-2.5 last:pr-2.5 transition-colors duration-90 group-last/row:border-b-0 group-hover/row:bg-muted",
                look?.align === "right" && "text-right",
                open && "bg-accent group-hover/row:bg-accent",
                open && column === 0 && "shadow-[inset_2px_0_0_var(--primary)]",
              )}
            >
              <table.FlexRender cell={cell} />
            </td>
          );
        })
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
    a.renderSmall === b.renderSmall &&
    a.table === b.table,
) as typeof TableRowInner;
