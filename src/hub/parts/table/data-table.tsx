"use client";

import { useTable } from "@tanstack/react-table";
import { type ReactNode, useMemo, useRef } from "react";
import { cn } from "../../../components/ui/cn.ts";
import { useElementWidth } from "../use-element-width.ts";
import { useSmallScreen } from "../use-media.ts";
import { isSelected, loadedState } from "./selection.ts";
import { FEATURES, type TableColumn } from "./table-features.ts";
import { TableHead } from "./table-head.tsx";
import { TableRow } from "./table-row.tsx";
import { useReading } from "./use-reading.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { useRowWindow } from "./use-row-window.ts";
import type { ListSelection } from "./use-selection.ts";
import { useSelectionKeys } from "./use-selection-keys.ts";
import { WaitingRow } from "./waiting-row.tsx";

export interface DataTableProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly rows: readonly T[];
  readonly rowHeight: number;
  /** The record that is open beside or above the table. */
  readonly openId?: string | null;
  readonly onOpen: (row: T) => void;
  /** Rows to mark as just arrived. */
  readonly fresh?: ReadonlySet<string>;
  readonly waiting?: { readonly count: number; readonly text: string; readonly show: () => void };
  /** Replaces the cells on small screens: a row of two lines. */
  readonly renderSmall?: (row: T) => ReactNode;
  readonly smallRowHeight?: number;
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => void };
  /** Somebody points at the rows, stands in them or has scrolled down: nothing may move now. */
  readonly onReading?: (reading: boolean) => void;
  /** Rows can be chosen, to act on many. */
  readonly selection?: ListSelection | undefined;
  /** Known total, for screen readers; unknown when left out. */
  readonly total?: number;
  readonly className?: string;
}

/** One table for every list: windowed rows, one tab stop, keys, and an open record. */
export function DataTable<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const {
    label,
    columns,
    rows,
    openId = null,
    onOpen,
    fresh,
    waiting,
    renderSmall,
    more,
    onReading,
    total,
    selection,
    className,
  } = props;
  const small = useSmallScreen();
  const twoLines = small && renderSmall !== undefined;
  const rowHeight = small ? (props.smallRowHeight ?? 44) : props.rowHeight;
  const frame = useRef<HTMLDivElement>(null);
  const width = useElementWidth(frame);
  const hidden = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id ?? "", width >= (column.meta?.from ?? 0)])),
    [columns, width],
  );
  const table = useTable({
    features: FEATURES,
    columns: columns as TableColumn<T>[],
    data: rows as T[],
    getRowId: (row) => row.id,
    state: { columnVisibility: hidden },
  });
  const model = table.getRowModel().rows;
  const rowWindow = useRowWindow({ frame, count: model.length, rowHeight, small, more });
  useReading(frame, onReading);
  const keys = useRowKeys({ rows, openId, onOpen, scrollTo: rowWindow.scrollTo, frame });
  const onSelectionKey = useSelectionKeys(selection, keys.activeId);
  const span = table.getVisibleLeafColumns().length + (selection ? 1 : 0);

  return (
    <div
      ref={frame}
      data-slot="data-table"
      className={cn(
        "scroll-quiet relative min-w-0 rounded-md border bg-card",
        small ? "overflow-clip" : "overflow-y-auto",
        className,
      )}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are walked by keys is a grid.
        role="grid"
        aria-label={label}
        aria-rowcount={total ?? (more?.has ? -1 : rows.length + 1)}
        aria-multiselectable={selection ? true : undefined}
        className="w-full table-fixed"
        onKeyDown={(event) => {
          onSelectionKey(event);
          keys.onKeyDown(event);
        }}
      >
        <TableHead
          table={table}
          hidden={twoLines}
          {...(selection && {
            chosen: loadedState(
              selection.selection,
              rows.map(({ id }) => id),
            ),
            onChoose: selection.togglePage,
          })}
        />
        <tbody>
          {waiting && waiting.count > 0 && <WaitingRow span={span} {...waiting} />}
          {rowWindow.before > 0 && (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: room for rows that are not there; nothing in it takes the focus.
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: rowWindow.before }} />
            </tr>
          )}
          {rowWindow.indexes.map((index) => {
            const row = model[index];
            return (
              row && (
                <TableRow
                  key={row.id}
                  table={table}
                  row={row}
                  index={index}
                  height={rowHeight}
                  open={row.id === openId}
                  focusable={keys.activeId === row.id}
                  fresh={fresh?.has(row.id) ?? false}
                  onOpen={onOpen}
                  onFocus={keys.setActiveId}
                  span={span}
                  selected={selection ? isSelected(selection.selection, row.id) : null}
                  onSelect={selection?.toggle}
                  renderSmall={twoLines ? renderSmall : undefined}
                />
              )
            );
          })}
          {rowWindow.after > 0 && (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: room for rows that are not there; nothing in it takes the focus.
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: rowWindow.after }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
