import { Graph, layout } from "@dagrejs/dagre";
import type { Size } from "./node-size.ts";

export interface LayoutInput {
  readonly nodes: readonly (Size & { readonly id: string })[];
  /** Always from left to right, whichever way the data goes. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

export type Positions = Readonly<Record<string, Position>>;

const GAP = { nodesep: 12, ranksep: 124, edgesep: 12 } as const;

/**
 * Top left corner of every node: columns from left to right with few crossings. Nodes without edges stand in the first column.
 *
 * What a great part of a large graph leads to, the database above all, stands beside it in a column of its own: each edge to it
 * would have to be kept clear of the nodes in all columns between, which took most of the time and pulled the rest apart.
 */
export function layoutGraph({ nodes, edges }: LayoutInput): Positions {
  const hubs = hubsOf(edges);
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) if (!hubs.has(id)) graph.setNode(id, { width, height });
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  const placed = nodes.flatMap((node) => {
    if (hubs.has(node.id)) return [];
    const { x, y } = graph.node(node.id);
    return [{ ...node, x: Math.round(x - node.width / 2), y: Math.round(y - node.height / 2) }];
  });
  const right = Math.max(0, ...placed.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...placed.map(({ y, height }) => y + height));
  const sides = { left: -GAP.ranksep, right: right + GAP.ranksep };
  return Object.fromEntries([
    ...placed.map(({ id, x, y }) => [id, { x, y }] as const),
    ...(["left", "right"] as const).flatMap((side) => {
      const column = nodes.filter(({ id }) => hubs.get(id) === side);
      const all = column.reduce((sum, { height }) => sum + height + GAP.ranksep, -GAP.ranksep);
      let y = Math.round((bottom - all) / 2);
      return column.map(({ id, width, height }) => {
        const place = { x: side === "left" ? sides.left - width : sides.right, y };
        y += height + GAP.ranksep;
        return [id, place] as const;
      });
    }),
  ]);
}

/** Edges of one node from which on it stands beside the graph. */
const HUB_FROM = 24;

/** Those nodes, and on which side: where more lead to it than from it, on the right. */
function hubsOf(edges: LayoutInput["edges"]): ReadonlyMap<string, "left" | "right"> {
  const counts = new Map<string, { in: number; out: number }>();
  const count = (id: string, way: "in" | "out") => {
    const known = counts.get(id) ?? { in: 0, out: 0 };
    known[way]++;
    counts.set(id, known);
  };
  for (const { from, to } of edges) {
    count(from, "out");
    count(to, "in");
  }
  return new Map(
    [...counts]
      .filter(([, ways]) => ways.in + ways.out >= HUB_FROM)
      .map(([id, ways]) => [id, ways.in >= ways.out ? "right" : "left"] as const),
  );
}
