/** Every column of the runs, in their order. */
export const RUN_COLUMNS = [
  "status",
  "name",
  "id",
  "source",
  "plug",
  "tenant",
  "variant",
  "attempts",
  "duration",
  "outcome",
  "started",
] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

/** What a run is told by: these stay. */
export const FIXED: readonly RunColumn[] = ["status", "name"];
/** The plug's column names the tenant and the name's the variant, so these have none of their own at first. */
export const USUAL: readonly RunColumn[] = ["status", "name", "id", "source", "plug", "duration", "outcome", "started"];

/** Show or hide a column. @returns `null` for the usual ones, which the address leaves out. */
export function toggleColumn(shown: readonly RunColumn[], column: RunColumn): RunColumn[] | null {
  if (FIXED.includes(column)) return asChoice(shown);
  const next = shown.includes(column) ? shown.filter((other) => other !== column) : [...shown, column];
  return asChoice(next);
}

/** In their order, the fixed ones always. */
export function shownColumns(chosen: readonly RunColumn[] | null): RunColumn[] {
  const wanted = chosen ?? USUAL;
  return RUN_COLUMNS.filter((column) => FIXED.includes(column) || wanted.includes(column));
}

function asChoice(columns: readonly RunColumn[]): RunColumn[] | null {
  const next = shownColumns(columns);
  return next.length === USUAL.length && next.every((column) => USUAL.includes(column)) ? null : next;
}
