import type { TopologyEdge } from "../../../contract/index.ts";

/** Where an edge turns: so many pixels from its source or before its target. */
export interface Trunk {
  readonly near: "source" | "target";
  readonly offset: number;
}

/** Where a handle is: its node's column, and its height on the canvas. */
export type HandlePlace = (node: string, port: string | null) => { readonly column: number; readonly y: number };

const FIRST = 18;
const LANE = 14;

interface Line {
  readonly edges: readonly string[];
  readonly y: number;
  readonly goal: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * One trunk per handle. What leaves a plug turns near the plug, all else near where it goes. In a column, trunks
 * that pass each other stand 14 px apart and are nested: of two that fall, the upper turns further out.
 */
export function routeEdges(edges: readonly TopologyEdge[], placeOf: HandlePlace): ReadonlyMap<string, Trunk> {
  const trunks = new Map<string, Trunk>();
  for (const near of ["source", "target"] as const) {
    const mine = edges.filter(({ fromPort }) => (fromPort !== null) === (near === "source"));
    const anchor = (edge: TopologyEdge) =>
      near === "source" ? placeOf(edge.from, edge.fromPort) : placeOf(edge.to, edge.toPort);
    const other = (edge: TopologyEdge) =>
      near === "source" ? placeOf(edge.to, edge.toPort) : placeOf(edge.from, edge.fromPort);
    const handle = ({ from, fromPort, to, toPort }: TopologyEdge) =>
      near === "source" ? `${from}|${fromPort}` : `${to}|${toPort}`;
    for (const column of group(mine, (edge) => String(anchor(edge).column)).values()) {
      const lines = [...group(column, handle).values()].map((same) => toLine(same, anchor, other));
      for (const [line, lane] of chooseLanes(lines))
        for (const id of line.edges) trunks.set(id, { near, offset: FIRST + lane * LANE });
    }
  }
  return trunks;
}

function toLine(
  same: readonly TopologyEdge[],
  anchor: (edge: TopologyEdge) => { readonly y: number },
  other: (edge: TopologyEdge) => { readonly y: number },
): Line {
  const goals = same.map((edge) => other(edge).y);
  const y = same.map((edge) => anchor(edge).y)[0] ?? 0;
  return {
    edges: same.map(({ id }) => id),
    y,
    goal: goals.reduce((sum, goal) => sum + goal, 0) / Math.max(1, goals.length),
    top: Math.min(y, ...goals),
    bottom: Math.max(y, ...goals),
  };
}

/** The innermost lane that is free over a line's whole height; those that must turn first choose first. */
function chooseLanes(lines: readonly Line[]): Map<Line, number> {
  const falling = lines.filter(({ y, goal }) => goal >= y).sort((a, b) => b.y - a.y);
  const rising = lines.filter(({ y, goal }) => goal < y).sort((a, b) => a.y - b.y);
  const taken: Line[][] = [];
  const lanes = new Map<Line, number>();
  for (const line of [...falling, ...rising]) {
    const isFree = (lane: Line[]) => lane.every(({ top, bottom }) => line.bottom < top || line.top > bottom);
    const found = taken.findIndex(isFree);
    const lane = found < 0 ? taken.length : found;
    taken[lane] = [...(taken[lane] ?? []), line];
    lanes.set(line, lane);
  }
  return lanes;
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
