import type { TopologyEdge } from "../../../contract/index.ts";

type Link = Pick<TopologyEdge, "id" | "from" | "to">;

export interface Trace {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/**
 * Everything that leads to a node and everything that it leads to.
 *
 * @example tracePath(edges, "handler:hdl_…").nodes.has("plug:stripe")
 */
export function tracePath(edges: readonly Link[], start: string): Trace {
  const nodes = new Set([start]);
  const found = new Set<string>();
  walk(start, by(edges, "from"), "to");
  walk(start, by(edges, "to"), "from");
  return { nodes, edges: found };

  function walk(from: string, next: ReadonlyMap<string, readonly Link[]>, end: "from" | "to"): void {
    const seen = new Set([from]);
    const open = [from];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const edge of next.get(id) ?? []) {
        found.add(edge.id);
        const other = edge[end];
        if (seen.has(other)) continue;
        seen.add(other);
        nodes.add(other);
        open.push(other);
      }
    }
  }
}

function by(edges: readonly Link[], end: "from" | "to"): ReadonlyMap<string, readonly Link[]> {
  const map = new Map<string, Link[]>();
  for (const edge of edges) {
    const list = map.get(edge[end]);
    if (list) list.push(edge);
    else map.set(edge[end], [edge]);
  }
  return map;
}
