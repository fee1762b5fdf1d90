import type { Edge, Node } from "@xyflow/react";
import type { Traffic } from "../../../contract/index.ts";
import type { CanvasNode } from "../graph/group-by-plug.ts";
import type { Trunk } from "../graph/route-edges.ts";

/** What a node component is given. */
export type FlowNode = Node<{ readonly node: CanvasNode; readonly faded: boolean }>;

export interface PipeData extends Record<string, unknown> {
  readonly traffic: Traffic;
  readonly motion: "pushed" | "pulled";
  /** The data goes from right to left: an outflow reads the database. */
  readonly back: boolean;
  readonly trunk: Trunk;
  readonly traced: boolean;
  readonly faded: boolean;
  readonly pulse: boolean;
}
export type PipeEdge = Edge<PipeData>;
