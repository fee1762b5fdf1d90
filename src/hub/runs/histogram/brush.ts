/** Bars from `first` up to but without `end`. */
export interface BarRange {
  readonly first: number;
  readonly end: number;
}

/** The bars that a drag goes over, whichever way it goes. @param from @param to places in bars, with fractions. */
export function draggedBars(from: number, to: number, length: number): BarRange {
  const first = clamp(Math.floor(Math.min(from, to)), 0, length - 1);
  return { first, end: clamp(Math.ceil(Math.max(from, to)), first + 1, length) };
}

/** Move one edge by some bars; the range keeps at least one. */
export function moveEdge(range: BarRange, edge: "first" | "end", to: number, length: number): BarRange {
  return edge === "first"
    ? { first: clamp(to, 0, range.end - 1), end: range.end }
    : { first: range.first, end: clamp(to, range.first + 1, length) };
}

/** Where a key moves an edge to; `null` for keys that do not. Shift takes ten at a time. */
export function edgeByKey(key: string, at: number, shift: boolean, length: number): number | null {
  const step = shift ? 10 : 1;
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return at - step;
    case "ArrowRight":
    case "ArrowUp":
      return at + step;
    case "PageDown":
      return at - 10;
    case "PageUp":
      return at + 10;
    case "Home":
      return 0;
    case "End":
      return length;
    default:
      return null;
  }
}

/**
 * A range of bars as the address keeps it. One that reaches the last bar stays open: what comes next belongs to it;
 * all bars are no range at all.
 */
export function rangeOfBars(
  { first, end }: BarRange,
  starts: readonly number[],
): { readonly since: string | null; readonly until: string | null } {
  const time = (at: number | undefined, less = 0) => (at === undefined ? null : new Date(at - less).toISOString());
  const open = end >= starts.length;
  if (first <= 0 && open) return { since: null, until: null };
  return { since: time(starts[Math.max(0, first)]), until: open ? null : time(starts[end], 1) };
}

/** The bars that a range of time touches. */
export function barsOfRange(
  range: { readonly from: number; readonly to: number },
  starts: readonly number[],
  stepMs: number,
): BarRange {
  const origin = starts[0] ?? 0;
  return draggedBars((range.from - origin) / stepMs, (range.to - origin) / stepMs, Math.max(1, starts.length));
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
