"use client";

import { useTranslations } from "use-intl";
import type { IconName } from "../../components/ui/icon.tsx";
import { Tag } from "../../components/ui/tag.tsx";
import type { TopologyNode } from "../../contract/index.ts";
import { Dot } from "../parts/dot.tsx";
import { IconTile } from "../parts/kind-icon.tsx";
import { useFigures } from "./canvas/use-figures.ts";
import { useTrouble } from "./canvas/use-trouble.ts";
import { overviewGroups } from "./overview-groups.ts";

const ICONS: Record<TopologyNode["kind"], IconName> = {
  plug: "plugs",
  destination: "send",
  catch: "catch",
  pass: "pass",
  inflow: "inflow",
  outflow: "outflow",
  relay: "relay",
  database: "database",
};

interface OverviewListProps {
  readonly nodes: readonly TopologyNode[];
  readonly matching: ReadonlySet<string> | null;
  readonly onSelect: (id: string) => void;
}

/** Everything that the canvas shows, as a list: the way in on small screens and for screen readers. */
export function OverviewList({ nodes, matching, onSelect }: OverviewListProps) {
  const t = useTranslations("overview");
  const groups = overviewGroups(matching === null ? nodes : nodes.filter(({ id }) => matching.has(id)));
  return (
    <div data-scroll="" className="scroll-quiet absolute inset-0 overflow-y-auto">
      <div className="mx-auto flex max-w-430 flex-col gap-4 px-gutter pt-4 pb-6 small:px-4">
        {groups.map((group) => (
          <section key={group.id}>
            <h2 className="pb-1.5 text-xs text-muted-foreground tabular-nums">
              {t(group.id, { count: group.nodes.length })}
            </h2>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] gap-2 small:block small:overflow-hidden small:rounded-md small:border">
              {group.nodes.map((node) => (
                <li
                  key={node.id}
                  className="overflow-hidden rounded-md border bg-card small:rounded-none small:border-x-0 small:border-t-0 small:last:border-b-0"
                >
                  <Row node={node} onSelect={onSelect} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function Row({ node, onSelect }: { node: TopologyNode; onSelect: (id: string) => void }) {
  const t = useTranslations("overview");
  const trouble = useTrouble();
  const { rate } = useFigures();
  const traffic = "traffic" in node ? node.traffic : node.kind === "plug" ? (node.webhook ?? node.api) : null;
  return (
    <button
      type="button"
      data-row-id={node.id}
      onClick={() => onSelect(node.id)}
      className="flex min-h-13 w-full items-center gap-2.5 px-3 py-1.5 text-left transition-colors duration-90 focus-inset hover:bg-muted"
    >
      <IconTile name={ICONS[node.kind]} />
      <span className="min-w-0 flex-1 leading-4.5">
        <span className="block truncate font-medium">{"label" in node ? node.label : node.name}</span>
        <span className="block truncate text-xs text-muted-foreground">
          {t(`kindOf.${node.kind}`)} {"·"} {placeOf(node, t("noHost"))}
        </span>
      </span>
      {node.trouble ? (
        <Tag variant={node.health === "bad" ? "dead" : node.health === "warn" ? "amber" : "soft"}>{trouble(node)}</Tag>
      ) : (
        <>
          {traffic && <span className="text-xs text-muted-foreground tabular-nums">{rate(traffic.perMinute)}</span>}
          <Dot tone={node.health === "running" ? "running" : "ok"} />
          <span className="sr-only">{t(`health.${node.health}`)}</span>
        </>
      )}
    </button>
  );
}

function placeOf(node: TopologyNode, noHost: string): string {
  switch (node.kind) {
    case "plug":
    case "destination":
      return node.host ?? noHost;
    case "database":
      return node.version;
    default:
      return node.destination ? `${node.plug} → ${node.destination}` : node.plug;
  }
}
