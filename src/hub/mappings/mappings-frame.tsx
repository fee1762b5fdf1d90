"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TabbedFrame } from "../shell/tabbed-frame.tsx";

const TABS = [
  { id: "mappings", to: "/mappings" },
  { id: "caches", to: "/mappings/caches" },
] as const;

interface MappingsFrameProps {
  readonly tab: (typeof TABS)[number]["id"];
  readonly meta?: ReactNode;
  readonly sheet?: ReactNode;
  readonly children: ReactNode;
}

/** Which record is which, and what is kept for later. */
export function MappingsFrame({ tab, ...frame }: MappingsFrameProps) {
  const t = useTranslations("mappings");
  const tabs = TABS.map(({ id, to }) => ({ id, to, label: t(`tab.${id}`) }));
  return <TabbedFrame {...frame} title={t("title")} label={t("tabs")} current={tab} tabs={tabs} list />;
}
