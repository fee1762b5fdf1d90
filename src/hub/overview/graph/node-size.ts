import type { TopologyNode } from "../../../contract/index.ts";

/** Pixels at 100 %. The cards of the canvas are built to these, so that laying out needs no measuring. */
export const HEAD = 52;
export const PORT = 29;
const WIDTHS = { plug: 176, destination: 188, database: 188, group: 216, step: 216 } as const;
const STEP_HEIGHT = 70;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const GROUP_SIZE: Size = { width: WIDTHS.group, height: STEP_HEIGHT };

/** How large a node is drawn. */
export function nodeSize(node: TopologyNode): Size {
  switch (node.kind) {
    case "plug":
      return { width: WIDTHS.plug, height: HEAD + PORT * Math.max(1, portsOf(node).length) };
    case "destination":
      return { width: WIDTHS.destination, height: HEAD + PORT };
    case "database":
      return { width: WIDTHS.database, height: HEAD + PORT * node.tables.length };
    default:
      return { width: WIDTHS.step, height: STEP_HEIGHT };
  }
}

type PlugNode = Extract<TopologyNode, { kind: "plug" }>;

/** The rows under a plug's head, each with a handle of its own. */
export function portsOf(node: PlugNode): readonly ("webhook" | "api")[] {
  return [...(node.webhook ? (["webhook"] as const) : []), ...(node.api ? (["api"] as const) : [])];
}
