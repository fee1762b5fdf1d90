import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslations } from "use-intl";
import { IconTile } from "../../parts/kind-icon.tsx";
import { HEAD } from "../graph/node-size.ts";
import type { FlowNode } from "./canvas-data.ts";
import { NodeCard, NodeHead, Port, PortRow } from "./node-card.tsx";
import { useFigures } from "./use-figures.ts";

/** The one database, with a row per table that handlers and flows say they write. */
export const DatabaseNode = memo(function DatabaseNode({ data, selected }: NodeProps<FlowNode>) {
  const t = useTranslations("overview.canvas");
  const figures = useFigures();
  const { node, faded } = data;
  if (node.kind !== "database") return null;
  return (
    <NodeCard health={node.health} selected={selected} faded={faded}>
      <Port id="in" side="left" top={HEAD / 2} />
      <NodeHead
        tile={<IconTile name="database" />}
        title={node.name}
        subtitle={node.version}
        health={node.health}
        healthText={t("healthy")}
      />
      {node.tables.map(({ name, rows }, index) => (
        <PortRow key={name} id={name} side="left" index={index}>
          <span className="min-w-0 flex-1 truncate font-mono text-foreground">{name}</span>
          {rows !== null && <span>{figures.count(rows)}</span>}
        </PortRow>
      ))}
    </NodeCard>
  );
});
