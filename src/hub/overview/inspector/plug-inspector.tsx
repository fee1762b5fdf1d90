"use client";

import { useTranslations } from "use-intl";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import type { TopologyEdge, TopologyNode } from "../../../contract/index.ts";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { debuggerPath } from "../../routing/debugger-path.ts";
import { HubLink } from "../../routing/hub-link.tsx";
import { HealthTag } from "./health-tag.tsx";
import { Neighbours } from "./neighbours.tsx";
import { SeriesBars } from "./series-bars.tsx";
import { TrafficFigures } from "./traffic-figures.tsx";

interface PlugInspectorProps {
  readonly plug: string;
  readonly node: Extract<TopologyNode, { kind: "plug" | "destination" }>;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly onSelect: (id: string) => void;
}

export function PlugInspector({ plug, node, nodes, edges, onSelect }: PlugInspectorProps) {
  const t = useTranslations("overview.inspect");
  const overview = useTranslations("overview");
  const traffic = node.kind === "plug" ? (node.webhook ?? node.api) : node.traffic;
  return (
    <>
      <div className="flex items-center gap-2">
        <HealthTag node={node} />
        <span className="flex-1" />
        <Button asChild>
          <HubLink to={debuggerPath(plug)}>
            <Icon name="debugger" className="size-3.5" />
            {t("debugger")}
          </HubLink>
        </Button>
        <Button asChild>
          <HubLink to={`/plugs/${plug}`}>
            <Icon name="plugs" className="size-3.5" />
            {t("openPlug", { plug: node.label })}
          </HubLink>
        </Button>
      </div>
      {traffic && <TrafficFigures traffic={traffic} />}
      <SeriesBars subject={node.kind === "plug" ? "plug" : "exchange"} of={plug} />
      <KeyValues>
        <KeyValue label={t("address")} className="font-mono text-xs">
          {node.host ?? overview("noHost")}
        </KeyValue>
        {node.kind === "plug" && (
          <>
            <KeyValue label={t("connection")}>{node.connection}</KeyValue>
            <KeyValue label={t("wire")}>{node.wire ?? t("noWire")}</KeyValue>
          </>
        )}
      </KeyValues>
      <Neighbours title={t("handlers")} of={node.id} nodes={nodes} edges={edges} onSelect={onSelect} />
    </>
  );
}
