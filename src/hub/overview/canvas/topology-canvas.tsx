"use client";

import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  MiniMap,
  type NodeChange,
  type NodeMouseHandler,
  ReactFlow,
  ReactFlowProvider,
  useStore,
} from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { TopologyHealth } from "../../../contract/index.ts";
import type { CanvasGraph } from "../graph/group-by-plug.ts";
import { tracePath } from "../graph/trace-path.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import type { FlowNode } from "./canvas-data.ts";
import { DatabaseNode } from "./database-node.tsx";
import { READABLE } from "./fit.ts";
import { ArrowHeads, Pipe } from "./pipe.tsx";
import { DestinationNode, PlugNode } from "./plug-nodes.tsx";
import { GroupNode, StepNode } from "./step-nodes.tsx";
import { sizeOf, toCanvas } from "./to-canvas.ts";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useKeepInView } from "./use-keep-in-view.ts";
import { useLayout } from "./use-layout.ts";
import { useOwnPlaces } from "./use-own-places.ts";

const NODE_TYPES = {
  plug: PlugNode,
  destination: DestinationNode,
  database: DatabaseNode,
  step: StepNode,
  group: GroupNode,
};
/** Fewer are seen at one glance. */
const MAPPED_FROM = 24;
const EDGE_TYPES = { pipe: Pipe };

const MAP_COLOURS: Record<TopologyHealth, string> = {
  ok: "var(--border-strong)",
  off: "var(--border)",
  warn: "var(--st-retry)",
  bad: "var(--st-failed)",
  running: "var(--st-running)",
};

interface TopologyCanvasProps {
  readonly graph: CanvasGraph;
  readonly selected: string | null;
  readonly matching: ReadonlySet<string> | null;
  readonly onSelect: (id: string | null) => void;
}

/** Everything that is registered as a picture: what comes from the left goes to the right. */
export default function TopologyCanvas(props: TopologyCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, selected, matching, onSelect }: TopologyCanvasProps) {
  const t = useTranslations("overview.canvas");
  const laidOut = useLayout({
    nodes: graph.nodes.map((node) => ({ id: node.id, ...sizeOf(node) })),
    edges: graph.edges.map(({ from, to }) => ({ from, to })),
  });
  const own = useOwnPlaces();
  const positions = useMemo(() => laidOut && { ...laidOut, ...own.places }, [laidOut, own.places]);
  const [hovered, setHovered] = useState<string | null>(null);
  const traced = hovered ?? selected;
  const trace = useMemo(() => (traced ? tracePath(graph.edges, traced) : null), [graph.edges, traced]);
  const drawn = useMemo(
    () => positions && toCanvas(graph, { positions, selected, trace, matching }),
    [graph, positions, selected, trace, matching],
  );
  const [nodes, setNodes] = useState<FlowNode[]>([]);
  useEffect(() => {
    if (drawn) setNodes(drawn.nodes);
  }, [drawn]);
  useCanvasKeys({ nodes, selected, onSelect });
  const [moving, setMoving] = useState(false);
  const detail = useDetail();
  useKeepInView(!own.looked, selected);
  if (!drawn) return <div role="status" aria-label={t("layingOut")} className="size-full bg-canvas" />;
  const hover: NodeMouseHandler<FlowNode> = (_, { id }) => setHovered(id);
  return (
    <div
      data-slot="canvas"
      data-detail={detail}
      data-moving={moving || undefined}
      className="relative size-full bg-canvas"
    >
      <ArrowHeads />
      <ReactFlow<FlowNode, (typeof drawn.edges)[number]>
        nodes={nodes}
        edges={drawn.edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={(changes: NodeChange<FlowNode>[]) => setNodes((now) => applyNodeChanges(changes, now))}
        onNodeDragStop={(_, { id, position }) => own.put(id, position)}
        onNodeClick={(_, { id }) => onSelect(id)}
        onPaneClick={() => onSelect(null)}
        onNodeMouseEnter={hover}
        onNodeMouseLeave={() => setHovered(null)}
        onMoveStart={(event) => {
          setMoving(true);
          if (event) own.look();
        }}
        onMoveEnd={() => setMoving(false)}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        disableKeyboardA11y
        nodesFocusable={false}
        onlyRenderVisibleElements={nodes.length > 150}
        fitView
        fitViewOptions={READABLE}
        minZoom={0.1}
        maxZoom={1.5}
        attributionPosition="top-right"
        ariaLabelConfig={{ "node.a11yDescription.default": t("nodeHint") }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--canvas-dot)" />
        {nodes.length > MAPPED_FROM && (
          <MiniMap<FlowNode>
            pannable
            zoomable
            ariaLabel={t("map")}
            nodeColor={({ data }) => MAP_COLOURS[data.node.health]}
            nodeBorderRadius={4}
            maskColor="color-mix(in oklch, var(--canvas) 70%, transparent)"
            bgColor="var(--card)"
            position="bottom-left"
            className="small:hidden"
            style={{ width: 142, height: 112 }}
          />
        )}
      </ReactFlow>
      <CanvasControls mapped={nodes.length > MAPPED_FROM} moved={own.moved} onReset={own.reset} />
    </div>
  );
}

/** How much there is room for: below 60 % the second lines go, below 35 % the words. Changes only at the borders. */
const useDetail = (): "full" | "far" | "blocks" =>
  useStore(({ transform }) => (transform[2] < 0.35 ? "blocks" : transform[2] < 0.6 ? "far" : "full"));
