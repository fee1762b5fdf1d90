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

/** Top left corner of every node: columns from left to right with few crossings. Nodes without edges stand in the first column. */
export function layoutGraph({ nodes, edges }: LayoutInput): Positions {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ...GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { from, to } of edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      const { x, y } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}
