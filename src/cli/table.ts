/** A column: a title, and how to read it. `keep` is never cut short, e.g. an id that is to be copied. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null | undefined;
  readonly keep?: boolean;
}

const GAP = "  ";
const MIN_WIDTH = 6;

/**
 * Rows as a table that fits `width`: the widest columns that may be cut are cut, with `…`.
 *
 * @example table(runs, [{ title: "ID", value: (run) => run.id, keep: true }], 80)
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => oneLine(column.value(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ""))));
  shrink(widths, columns, width - GAP.length * (columns.length - 1));
  return cells
    .map((line) =>
      line
        .map((cell, index) => pad(cell, widths[index] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function shrink<Row>(widths: number[], columns: readonly Column<Row>[], room: number): void {
  let over = widths.reduce((sum, one) => sum + one, 0) - room;
  while (over > 0 && over !== Number.POSITIVE_INFINITY) {
    const candidates = widths.flatMap((one, index) => (columns[index]?.keep || one <= MIN_WIDTH ? [] : [one]));
    if (candidates.length === 0) return;
    const widest = Math.max(...candidates);
    const index = widths.findIndex((one, at) => one === widest && !columns[at]?.keep);
    widths[index] = widest - 1;
    over--;
  }
}

/** Control characters come from outside and could move the cursor or change colours. */
export const oneLine = (value: string | number | null | undefined): string =>
  value === null || value === undefined || value === "" ? "–" : String(value).replace(/[\s\p{Cc}]+/gu, " ");

const widthOf = (text: string): number => [...text].length;

function pad(text: string, width: number): string {
  const letters = [...text];
  if (letters.length <= width) return text + " ".repeat(width - letters.length);
  return `${letters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
