import type { Topology, TopologyEdge, TopologyHealth, TopologyNode } from "../../../contract/index.ts";
import { mergeTraffic } from "./merge-traffic.ts";

/** From here on the handlers and flows of a plug stand behind one node, until it is opened. */
export const GROUPED_FROM = 60;

type StepNode = Extract<TopologyNode, { handlerId: string } | { flowId: string }>;

export interface GroupNode {
  readonly kind: "group";
  readonly id: string;
  readonly name: string;
  readonly plug: string;
  readonly health: TopologyHealth;
  readonly count: number;
  readonly bad: number;
}

export type CanvasNode = TopologyNode | GroupNode;

export interface CanvasGraph {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly TopologyEdge[];
}

const isStep = (node: TopologyNode): node is StepNode => "handlerId" in node || "flowId" in node;

const RANK: readonly TopologyHealth[] = ["bad", "warn", "running", "ok", "off"];

/** Fold each plug's handlers and flows into one node, except those of the plugs in `opened`. */
export function groupByPlug({ nodes, edges }: Topology, opened: ReadonlySet<string>): CanvasGraph {
  if (nodes.length <= GROUPED_FROM) return { nodes, edges };
  const groups = new Map<string, StepNode[]>();
  const kept: CanvasNode[] = [];
  for (const node of nodes) {
    if (!isStep(node) || opened.has(node.plug)) kept.push(node);
    else groups.set(node.plug, [...(groups.get(node.plug) ?? []), node]);
  }
  const home = new Map<string, string>();
  for (const [plug, steps] of groups) {
    const id = `group:${plug}`;
    for (const step of steps) home.set(step.id, id);
    kept.push({
      kind: "group",
      id,
      name: plug,
      plug,
      health: RANK.find((health) => steps.some((step) => step.health === health)) ?? "ok",
      count: steps.length,
      bad: steps.filter((step) => step.health === "bad").length,
    });
  }
  return { nodes: kept, edges: foldEdges(edges, home) };
}

function foldEdges(edges: readonly TopologyEdge[], home: ReadonlyMap<string, string>): TopologyEdge[] {
  const folded = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    const from = home.get(edge.from) ?? edge.from;
    const to = home.get(edge.to) ?? edge.to;
    const id =
      from === edge.from && to === edge.to ? edge.id : `${from}|${edge.fromPort}|${to}|${edge.toPort}|${edge.motion}`;
    folded.set(id, [...(folded.get(id) ?? []), { ...edge, id, from, to }]);
  }
  return [...folded.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, traffic: mergeTraffic(same.map(({ traffic }) => traffic)) }] : [];
  });
}
