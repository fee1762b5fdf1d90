"use client";

import { useTranslations } from "use-intl";
import type { IconName } from "../../components/ui/icon.tsx";
import { Tag } from "../../components/ui/tag.tsx";
import { Dot } from "../parts/dot.tsx";
import { IconTile } from "../parts/kind-icon.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import type { OverviewItem, Trouble } from "./overview-groups.ts";

const ICONS: Record<OverviewItem["kind"], IconName> = { plug: "plugs", catch: "catch", pass: "pass" };

const TAGS: Record<Trouble["word"], "dead" | "red" | "amber" | "soft"> = {
  dead: "dead",
  error: "red",
  expired: "amber",
  missing: "amber",
  waiting: "soft",
  unwired: "soft",
  off: "soft",
  paused: "soft",
};

/** One group of plugs and handlers; nothing when it is empty. */
export function OverviewList({ title, items }: { title: string; items: readonly OverviewItem[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2 className="pb-1.5 text-xs text-muted-foreground tabular-nums">{title}</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] gap-2 small:block small:overflow-hidden small:rounded-md small:border">
        {items.map((item) => (
          <li
            key={item.id}
            className="overflow-hidden rounded-md border bg-card small:rounded-none small:border-x-0 small:border-t-0 small:last:border-b-0"
          >
            <Row item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ item }: { item: OverviewItem }) {
  const t = useTranslations("overview");
  const { trouble } = item;
  const text = item.to ? t("fromTo", { from: item.from ?? "", to: item.to }) : (item.from ?? t("noHost"));
  return (
    <HubLink
      to={item.link}
      className="flex min-h-13 items-center gap-2.5 px-3 py-1.5 transition-colors duration-90 focus-inset hover:bg-muted"
    >
      <IconTile name={ICONS[item.kind]} />
      <span className="min-w-0 flex-1 leading-4.5">
        <span className="block truncate font-medium">{item.name}</span>
        <span className="block truncate text-xs text-muted-foreground">
          {t(`kind.${item.kind}`)} {"·"} {text}
        </span>
      </span>
      {trouble ? (
        <Tag variant={TAGS[trouble.word]}>{t(`trouble.${trouble.word}`, { count: trouble.count })}</Tag>
      ) : (
        <>
          <Dot tone="ok" />
          <span className="sr-only">{t("healthy")}</span>
        </>
      )}
    </HubLink>
  );
}
