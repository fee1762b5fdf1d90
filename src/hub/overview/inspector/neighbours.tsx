"use client";

import type { TopologyEdge, TopologyNode } from "../../../contract/index.ts";
import { Dot } from "../../parts/dot.tsx";
import { useFigures } from "../canvas/use-figures.ts";

interface NeighboursProps {
  readonly title: string;
  readonly of: string;
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly onSelect: (id: string) => void;
}

/** What a node is connected with, each a door to its own inspector. */
export function Neighbours({ title, of, nodes, edges, onSelect }: NeighboursProps) {
  const { rate } = useFigures();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<string, { readonly node: TopologyNode; readonly perMinute: number }>();
  for (const { from, to, traffic } of edges) {
    const node = from === of ? byId.get(to) : to === of ? byId.get(from) : undefined;
    if (node) found.set(node.id, { node, perMinute: traffic.perMinute });
  }
  if (found.size === 0) return null;
  return (
    <section>
      <h3 className="border-b pb-1.5 text-xs text-muted-foreground">{title}</h3>
      <ul>
        {[...found.values()].map(({ node, perMinute }) => (
          <li key={node.id} className="border-b last:border-b-0">
            <button
              type="button"
              onClick={() => onSelect(node.id)}
              className="flex min-h-8 w-full items-center gap-2 text-left focus-inset hover:bg-muted"
            >
              <Dot tone={node.health === "bad" ? "bad" : node.health === "warn" ? "retry" : "ok"} />
              <span className="min-w-0 flex-1 truncate">{node.name}</span>
              <span className="text-xs text-muted-foreground tabular-nums">{rate(perMinute)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
