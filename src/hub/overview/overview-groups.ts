import type { TopologyNode } from "../../contract/index.ts";

export interface OverviewGroup {
  readonly id: "attention" | "running" | "quiet";
  readonly nodes: readonly TopologyNode[];
}

/** Troubles that a person has chosen are no call for attention. */
const CHOSEN: readonly (string | null)[] = ["off", "paused", "waiting"];

/** The list twin of the canvas: what needs a person first, then what is going on, then everything else. */
export function overviewGroups(nodes: readonly TopologyNode[]): OverviewGroup[] {
  const groupOf = ({ health, trouble }: TopologyNode): OverviewGroup["id"] => {
    if (health === "running") return "running";
    return (health === "bad" || health === "warn") && !CHOSEN.includes(trouble) ? "attention" : "quiet";
  };
  return (["attention", "running", "quiet"] as const)
    .map((id) => ({ id, nodes: nodes.filter((node) => groupOf(node) === id).sort(byHealth) }))
    .filter((group) => group.nodes.length > 0);
}

const ORDER: readonly TopologyNode["health"][] = ["bad", "warn", "running", "ok", "off"];
const byHealth = (a: TopologyNode, b: TopologyNode): number => ORDER.indexOf(a.health) - ORDER.indexOf(b.health);
