import type { Box } from "./nearest-node.ts";

/** How "show all" frames the canvas: never above full size, clear of the legend at its foot. */
export const FIT = {
  padding: { top: "24px", right: "24px", bottom: "64px", left: "24px" },
  maxZoom: 1,
} as const;

/** How it is framed at first: everything, unless words would be too small to read; then the middle of it. */
export const READABLE = { ...FIT, minZoom: 0.62 } as const;

/**
 * A large graph may have nothing at all in its middle, e.g. when it runs from the upper left to the lower right: then the node
 * that is nearest to it is what to look at first. `null` when the middle is not empty.
 *
 * @param view the canvas in pixels of the screen
 */
export function nearestToEmptyMiddle(
  boxes: readonly Box[],
  view: { readonly width: number; readonly height: number },
): Box | null {
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const middle = {
    x: (left + Math.max(...boxes.map(({ x, width }) => x + width))) / 2,
    y: (top + Math.max(...boxes.map(({ y, height }) => y + height))) / 2,
  };
  const reach = { x: view.width / 2 / READABLE.minZoom, y: view.height / 2 / READABLE.minZoom };
  const away = ({ x, y, width, height }: Box) => ({
    x: Math.max(0, x - middle.x, middle.x - (x + width)),
    y: Math.max(0, y - middle.y, middle.y - (y + height)),
  });
  let nearest: Box | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const distance = away(box);
    if (distance.x < reach.x && distance.y < reach.y) return null;
    const far = Math.hypot(distance.x, distance.y);
    if (far < least) [nearest, least] = [box, far];
  }
  return nearest;
}
