import type { IconName } from "../../../components/ui/icon.tsx";
import type { Overview } from "../../../contract/index.ts";

export interface Attention {
  readonly id: "dead" | "rejected" | "drifts" | "conflicts";
  readonly to: string;
  readonly icon: IconName | "dead";
  readonly count: number;
  readonly tone: "red" | "amber";
}

/** What waits for a person, worst first; empty when nothing does. */
export function attention({ counts }: Pick<Overview, "counts">): readonly Attention[] {
  const all: readonly Attention[] = [
    { id: "dead", to: "/events/dead", icon: "dead", count: counts.deadLetters, tone: "red" },
    { id: "rejected", to: "/events/rejected", icon: "shield-x", count: counts.rejections, tone: "amber" },
    { id: "drifts", to: "/flows", icon: "pause", count: counts.drifts, tone: "amber" },
    { id: "conflicts", to: "/flows/conflicts", icon: "diff", count: counts.conflicts, tone: "amber" },
  ];
  return all.filter(({ count }) => count > 0);
}
