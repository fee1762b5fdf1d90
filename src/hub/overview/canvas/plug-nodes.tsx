import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../../../components/ui/icon.tsx";
import { PlugTile } from "../../parts/plug-tile.tsx";
import { HEAD, PORT, portsOf } from "../graph/node-size.ts";
import type { FlowNode } from "./canvas-data.ts";
import { NodeCard, NodeHead, Port, PortRow } from "./node-card.tsx";
import { useFigures } from "./use-figures.ts";
import { useTrouble } from "./use-trouble.ts";

/** A plug that something comes from: a row per way in. */
export const PlugNode = memo(function PlugNode({ data, selected }: NodeProps<FlowNode>) {
  const t = useTranslations("overview.canvas");
  const figures = useFigures();
  const trouble = useTrouble();
  const { node, faded } = data;
  if (node.kind !== "plug") return null;
  const ports = portsOf(node);
  return (
    <NodeCard health={node.health} selected={selected} faded={faded}>
      <NodeHead
        tile={<PlugTile name={node.name} size="md" />}
        title={node.label}
        subtitle={node.host ?? t("noHost")}
        health={node.health}
        healthText={trouble(node)}
      />
      {ports.map((port, index) => (
        <PortRow key={port} id={port} side="right" index={index}>
          <Icon name={port === "webhook" ? "wire" : "globe"} className="size-3" />
          <span className="flex-1">{t(`port.${port}`)}</span>
          <span>{figures.rate(node[port]?.perMinute ?? 0)}</span>
        </PortRow>
      ))}
      {ports.length === 0 && (
        <div
          className="far-hide flex items-center border-t px-2.5 text-xs text-faint-foreground"
          style={{ height: PORT }}
        >
          {t("unused")}
        </div>
      )}
    </NodeCard>
  );
});

/** A plug that passes and relays write to. */
export const DestinationNode = memo(function DestinationNode({ data, selected }: NodeProps<FlowNode>) {
  const t = useTranslations("overview.canvas");
  const figures = useFigures();
  const trouble = useTrouble();
  const { node, faded } = data;
  if (node.kind !== "destination") return null;
  const { traffic } = node;
  return (
    <NodeCard health={node.health} selected={selected} faded={faded}>
      <Port id="in" side="left" top={HEAD / 2} />
      <NodeHead
        tile={<PlugTile name={node.plug} size="md" />}
        title={node.label}
        subtitle={node.host ?? t("noHost")}
        health={node.health}
        healthText={trouble(node)}
      />
      <div
        className="far-hide flex items-center justify-between border-t px-2.5 text-xs text-muted-foreground tabular-nums"
        style={{ height: PORT }}
      >
        {node.trouble ? (
          <span className="truncate text-st-retry-fg">{trouble(node)}</span>
        ) : (
          <>
            <span>{figures.rate(traffic.perMinute)}</span>
            {traffic.p95Ms !== null && <span>{t("p95", { time: figures.duration(traffic.p95Ms) })}</span>}
          </>
        )}
      </div>
    </NodeCard>
  );
});
