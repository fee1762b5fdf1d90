import type { TopologyEdge } from "../../../contract/index.ts";

/** Where an edge turns: so many pixels from its source or before its target. */
export interface Trunk {
  readonly near: "source" | "target";
  readonly offset: number;
}

/** A handle's height on the canvas, by node and port. */
export type HandleHeight = (node: string, port: string | null) => number;

const FIRST = 22;
const LANE = 14;
const LANES = 5;

const handle = (node: string, port: string | null) => `${node}|${port ?? ""}`;

/**
 * One trunk per handle. Trunks of siblings stand 14 px apart and are nested, so that none crosses another:
 * whoever has the longer way up or down turns further out.
 */
export function routeEdges(edges: readonly TopologyEdge[], heightOf: HandleHeight): ReadonlyMap<string, Trunk> {
  const trunks = new Map<string, Trunk>();
  const fanOut = group(edges, ({ from }) => from);
  for (const all of fanOut.values()) {
    const ports = group(all, (edge) => handle(edge.from, edge.fromPort));
    if (ports.size < 2 && new Set(all.map(({ to }) => to)).size < 2) continue;
    assign(
      ports,
      "source",
      (edge) => heightOf(edge.from, edge.fromPort),
      (edge) => heightOf(edge.to, edge.toPort),
    );
  }
  const left = edges.filter(({ id }) => !trunks.has(id));
  for (const all of group(left, ({ to }) => to).values()) {
    const ports = group(all, (edge) => handle(edge.to, edge.toPort));
    assign(
      ports,
      "target",
      (edge) => heightOf(edge.to, edge.toPort),
      (edge) => heightOf(edge.from, edge.fromPort),
    );
  }
  return trunks;

  function assign(
    ports: ReadonlyMap<string, readonly TopologyEdge[]>,
    near: Trunk["near"],
    own: (edge: TopologyEdge) => number,
    other: (edge: TopologyEdge) => number,
  ): void {
    const lines = [...ports.values()].flatMap((list) => {
      const [first] = list;
      if (!first) return [];
      return [{ list, y: own(first), goal: list.reduce((sum, edge) => sum + other(edge), 0) / list.length }];
    });
    const falling = lines.filter(({ y, goal }) => goal >= y).sort((a, b) => b.y - a.y);
    const rising = lines.filter(({ y, goal }) => goal < y).sort((a, b) => a.y - b.y);
    for (const side of [falling, rising])
      for (const [lane, { list }] of side.entries())
        for (const { id } of list) trunks.set(id, { near, offset: FIRST + (lane % LANES) * LANE });
  }
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
