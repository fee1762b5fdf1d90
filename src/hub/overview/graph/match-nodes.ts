import type { CanvasNode } from "./group-by-plug.ts";

export interface NodeFilter {
  readonly q: string;
  readonly kind: readonly string[];
  readonly health: readonly string[];
}

/** The ids that search and filters leave; `null` when nothing is filtered, which is not the same as all. */
export function matchNodes(nodes: readonly CanvasNode[], { q, kind, health }: NodeFilter): ReadonlySet<string> | null {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && kind.length === 0 && health.length === 0) return null;
  return new Set(
    nodes
      .filter((node) => {
        if (kind.length > 0 && !kind.includes(node.kind)) return false;
        if (health.length > 0 && !health.includes(node.health)) return false;
        const text = searchText(node);
        return words.every((word) => text.includes(word));
      })
      .map(({ id }) => id),
  );
}

function searchText(node: CanvasNode): string {
  const parts: (string | null)[] = [node.name, node.kind, node.id];
  if ("label" in node) parts.push(node.label, node.host);
  if ("plug" in node) parts.push(node.plug);
  if ("events" in node) parts.push(...node.events);
  if ("destination" in node) parts.push(node.destination);
  if ("tables" in node) parts.push(...node.tables.map(({ name }) => name));
  return parts.join(" ").toLowerCase();
}
