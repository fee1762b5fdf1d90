import { type ColumnDef, columnVisibilityFeature, tableFeatures } from "@tanstack/react-table";

/** What the table needs to know of a column to draw it. */
export interface ColumnLook {
  /** Fixed width in px; without one the column shares what is left. */
  readonly width?: number;
  readonly align?: "right";
  /** Shown only where the table is at least this wide, in px. */
  readonly from?: number;
  /** The order the server gives the rows in; the newest come first. */
  readonly sorted?: boolean;
  /** Its header is for screen readers only. */
  readonly quiet?: boolean;
}

/** Rows come sorted, filtered and paged from the server; the table only decides which columns are seen. */
export const FEATURES = tableFeatures({ columnVisibilityFeature, columnMeta: {} as ColumnLook });

export type TableColumn<T extends object> = ColumnDef<typeof FEATURES, T>;
