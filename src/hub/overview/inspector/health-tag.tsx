"use client";

import { useTranslations } from "use-intl";
import { Tag } from "../../../components/ui/tag.tsx";
import type { TopologyHealth, TopologyNode } from "../../../contract/index.ts";
import { Dot, type DotTone } from "../../parts/dot.tsx";
import { useTrouble } from "../canvas/use-trouble.ts";

const LOOKS: Record<TopologyHealth, { readonly dot: DotTone; readonly tag: "soft" | "red" | "amber" }> = {
  ok: { dot: "ok", tag: "soft" },
  warn: { dot: "retry", tag: "amber" },
  bad: { dot: "bad", tag: "red" },
  running: { dot: "running", tag: "soft" },
  off: { dot: "off", tag: "soft" },
};

/** How it is, as one boxed word. */
export function HealthTag({ node }: { node: TopologyNode }) {
  const t = useTranslations("overview");
  const trouble = useTrouble();
  const look = LOOKS[node.health];
  return (
    <Tag variant={look.tag} className="h-5.5 gap-1.5">
      <Dot tone={look.dot} />
      {node.trouble ? trouble(node) : t(`health.${node.health}`)}
    </Tag>
  );
}
