import type { Trunk } from "./route-edges.ts";

const CORNER = 10;

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

export interface EdgePath {
  readonly d: string;
  /** Middle of the last straight piece. */
  readonly labelX: number;
  readonly labelY: number;
}

/** An orthogonal line with round corners that turns once, at its trunk. */
export function edgePath({ sourceX, sourceY, targetX, targetY }: Ends, trunk: Trunk): EdgePath {
  const x = trunk.near === "source" ? sourceX + trunk.offset : targetX - trunk.offset;
  const rise = targetY - sourceY;
  const label = { labelX: (Math.max(x, sourceX) + targetX) / 2, labelY: targetY };
  // A short last piece has no room for words: they stand on the first one then.
  if (trunk.near === "target") Object.assign(label, { labelX: (sourceX + x) / 2, labelY: sourceY });
  if (Math.abs(rise) < 1) return { d: `M${sourceX} ${sourceY}H${targetX}`, ...label, labelX: (sourceX + targetX) / 2 };
  const radius = Math.min(CORNER, Math.abs(rise) / 2, Math.abs(x - sourceX), Math.abs(targetX - x));
  const down = Math.sign(rise) * radius;
  const d = [
    `M${sourceX} ${sourceY}`,
    `H${x - Math.sign(x - sourceX) * radius}`,
    `Q${x} ${sourceY} ${x} ${sourceY + down}`,
    `V${targetY - down}`,
    `Q${x} ${targetY} ${x + Math.sign(targetX - x) * radius} ${targetY}`,
    `H${targetX}`,
  ].join("");
  return { d, ...label };
}
