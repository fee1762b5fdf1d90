export type Way = "left" | "right" | "up" | "down";

export interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The neighbour that an arrow key leads to: the nearest that lies more that way than to the side. Without a start, the top left one. */
export function nearestNode(boxes: readonly Box[], start: string | null, way: Way): Box | null {
  const from = boxes.find(({ id }) => id === start);
  if (!from) return [...boxes].sort((a, b) => a.x + a.y - (b.x + b.y))[0] ?? null;
  const here = middle(from);
  let best: { readonly box: Box; readonly cost: number } | null = null;
  for (const box of boxes) {
    if (box.id === start) continue;
    const there = middle(box);
    const dx = there.x - here.x;
    const dy = there.y - here.y;
    const along = { left: -dx, right: dx, up: -dy, down: dy }[way];
    const aside = way === "left" || way === "right" ? Math.abs(dy) : Math.abs(dx);
    if (along <= 1 || aside > along * 3) continue;
    const cost = along + aside * 2;
    if (!best || cost < best.cost) best = { box, cost };
  }
  return best?.box ?? null;
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });
