import type { TopologyEdge } from "../../../contract/index.ts";
import type { CanvasGraph, CanvasNode } from "../graph/group-by-plug.ts";
import type { Positions } from "../graph/layout-graph.ts";
import { GROUP_SIZE, HEAD, nodeSize, PORT, portsOf, type Size } from "../graph/node-size.ts";
import { routeEdges } from "../graph/route-edges.ts";
import type { Trace } from "../graph/trace-path.ts";
import type { FlowNode, PipeEdge } from "./canvas-data.ts";

/** At most so many lines show that something moves on them. */
const PULSES = 40;

export const sizeOf = (node: CanvasNode): Size => (node.kind === "group" ? GROUP_SIZE : nodeSize(node));

interface Looks {
  readonly positions: Positions;
  readonly selected: string | null;
  readonly trace: Trace | null;
  /** Nodes that the search and the filters leave; `null` when there are none. */
  readonly matching: ReadonlySet<string> | null;
}

/** What React Flow draws: nodes at their places, edges with their trunks, and what stands back. */
export function toCanvas({ nodes, edges }: CanvasGraph, looks: Looks): { nodes: FlowNode[]; edges: PipeEdge[] } {
  const { positions, selected, trace, matching } = looks;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shown = (id: string) => (trace ? trace.nodes.has(id) : matching === null || matching.has(id));
  const trunks = routeEdges(edges, (id, port) => {
    const { x = 0, y = 0 } = positions[id] ?? {};
    return { column: x, y: y + handleTop(byId.get(id), port) };
  });
  const busiest = new Set(
    [...edges]
      .filter(({ traffic }) => traffic.perMinute > 0)
      .sort((a, b) => b.traffic.perMinute - a.traffic.perMinute)
      .slice(0, PULSES)
      .map(({ id }) => id),
  );
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      type: typeOf(node),
      position: positions[node.id] ?? { x: 0, y: 0 },
      ...sizeOf(node),
      selected: node.id === selected,
      data: { node, faded: !shown(node.id) },
    })),
    edges: edges
      .filter(({ from, to }) => byId.has(from) && byId.has(to))
      .map((edge) => ({
        id: edge.id,
        type: "pipe",
        source: edge.from,
        target: edge.to,
        sourceHandle: edge.fromPort ?? "out",
        targetHandle: edge.toPort ?? "in",
        focusable: false,
        data: {
          traffic: edge.traffic,
          motion: edge.motion,
          back: runsBack(byId.get(edge.from), byId.get(edge.to), edge),
          trunk: trunks.get(edge.id) ?? { near: "source", offset: 18 },
          traced: trace?.edges.has(edge.id) ?? false,
          faded: trace ? !trace.edges.has(edge.id) : !(shown(edge.from) && shown(edge.to)),
          pulse: busiest.has(edge.id),
        },
      })),
  };
}

/** An outflow reads the database and writes to its plug: drawn left to right like all others, its arrows point back. */
const runsBack = (from: CanvasNode | undefined, to: CanvasNode | undefined, { motion }: TopologyEdge): boolean =>
  motion === "pulled" && (from?.kind === "outflow" || to?.kind === "outflow");

const typeOf = (node: CanvasNode): string =>
  node.kind === "plug" || node.kind === "destination" || node.kind === "database" || node.kind === "group"
    ? node.kind
    : "step";

function handleTop(node: CanvasNode | undefined, port: string | null): number {
  const rows: readonly string[] =
    node?.kind === "plug" ? portsOf(node) : node?.kind === "database" ? node.tables.map(({ name }) => name) : [];
  const index = port === null ? -1 : rows.indexOf(port);
  return index < 0 ? HEAD / 2 : HEAD + PORT * index + PORT / 2;
}
