/** One stroke of a shortcut, e.g. `mod+k`, `shift+x`, `?`, `Escape`. `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Does a key press match one stroke of a shortcut? */
export function matchesStroke(stroke: string, event: Stroke): boolean {
  const parts = stroke.split("+");
  const key = parts.pop() ?? "";
  const mod = parts.includes("mod");
  if (mod !== (event.metaKey || event.ctrlKey) || event.altKey) return false;
  // "?" already needs Shift on most keyboards, so Shift is only asked for when it is named.
  if (parts.includes("shift") && !event.shiftKey) return false;
  return (
    event.key === key ||
    (key.length === 1 && event.key.toLowerCase() === key && (!event.shiftKey || parts.includes("shift")))
  );
}

/**
 * Follow the shortcuts through a sequence of presses such as `g r`.
 *
 * @param before what was pressed until now, within the time allowed.
 * @returns the shortcut that is complete, and whether another could still follow.
 */
export function matchSequence(
  shortcuts: readonly string[],
  before: readonly Stroke[],
  event: Stroke,
): { complete: string | null; pending: boolean } {
  const presses = [...before, event];
  let pending = false;
  for (const shortcut of shortcuts) {
    const strokes = shortcut.split(" ");
    if (strokes.length < presses.length) continue;
    const fits = presses.every((press, index) => matchesStroke(strokes[index] ?? "", press));
    if (!fits) continue;
    if (strokes.length === presses.length) return { complete: shortcut, pending: false };
    pending = true;
  }
  return { complete: null, pending };
}
