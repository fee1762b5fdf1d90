"use client";

import { useTranslations } from "use-intl";
import type { TopologyEdge, TopologyNode } from "../../../contract/index.ts";
import { KeyValue, KeyValues } from "../../parts/key-values.tsx";
import { useFigures } from "../canvas/use-figures.ts";
import { Neighbours } from "./neighbours.tsx";

interface DatabaseInspectorProps {
  readonly node: Extract<TopologyNode, { kind: "database" }>;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly onSelect: (id: string) => void;
}

export function DatabaseInspector({ node, nodes, edges, onSelect }: DatabaseInspectorProps) {
  const t = useTranslations("overview.inspect");
  const { count } = useFigures();
  return (
    <>
      <KeyValues>
        <KeyValue label={t("version")}>{node.version}</KeyValue>
        {node.tables.map(({ name, rows }) => (
          <KeyValue
            key={name}
            label={<span className="truncate font-mono text-xs">{name}</span>}
            className="tabular-nums"
          >
            {rows === null ? t("none") : count(rows)}
          </KeyValue>
        ))}
      </KeyValues>
      <Neighbours title={t("writers")} of={node.id} nodes={nodes} edges={edges} onSelect={onSelect} />
    </>
  );
}
