"use client";

import { useTranslations } from "use-intl";
import type { TopologyEdge, TopologyNode } from "../../../contract/index.ts";
import { IconTile, kindIcon } from "../../parts/kind-icon.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { DatabaseInspector } from "./database-inspector.tsx";
import { FlowInspector } from "./flow-inspector.tsx";
import { HandlerInspector } from "./handler-inspector.tsx";
import { InspectorFrame } from "./inspector-frame.tsx";
import { PlugInspector } from "./plug-inspector.tsx";

interface InspectorProps {
  readonly node: TopologyNode;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly onSelect: (id: string) => void;
  readonly onClose: () => void;
}

/** The node that was chosen: its verdict, what can be done about it, its figures and what it did last. */
export function Inspector({ node, nodes, edges, onSelect, onClose }: InspectorProps) {
  const t = useTranslations("overview.inspect");
  switch (node.kind) {
    case "plug":
    case "destination": {
      const plug = node.kind === "plug" ? node.name : node.plug;
      return (
        <InspectorFrame
          tile={<PlugTile name={plug} size="lg" />}
          title={node.label}
          subtitle={t(node.kind)}
          onClose={onClose}
        >
          <PlugInspector plug={plug} node={node} nodes={nodes} edges={edges} onSelect={onSelect} />
        </InspectorFrame>
      );
    }
    case "database":
      return (
        <InspectorFrame
          tile={<IconTile name="database" />}
          title={node.name}
          subtitle={t("database")}
          onClose={onClose}
        >
          <DatabaseInspector node={node} nodes={nodes} edges={edges} onSelect={onSelect} />
        </InspectorFrame>
      );
    case "catch":
    case "pass":
      return (
        <InspectorFrame
          tile={<IconTile name={kindIcon(node.kind)} />}
          title={node.name}
          subtitle={
            node.destination
              ? t("passFromTo", { from: node.plug, to: node.destination })
              : t("catchOf", { plug: node.plug })
          }
          onClose={onClose}
        >
          <HandlerInspector node={node} />
        </InspectorFrame>
      );
    default:
      return (
        <InspectorFrame
          tile={<IconTile name={kindIcon(node.kind)} />}
          title={node.name}
          subtitle={t(`flowOf.${node.kind}`, { plug: node.plug })}
          onClose={onClose}
        >
          <FlowInspector node={node} />
        </InspectorFrame>
      );
  }
}
