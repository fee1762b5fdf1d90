"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { TabbedFrame } from "../shell/tabbed-frame.tsx";

const TABS = [
  { id: "flows", to: "/flows" },
  { id: "conflicts", to: "/flows/conflicts" },
  { id: "fields", to: "/flows/field-mappings" },
] as const;

interface FlowsFrameProps {
  readonly tab: (typeof TABS)[number]["id"];
  readonly meta?: ReactNode;
  readonly sheet?: ReactNode;
  readonly children: ReactNode;
  /** The list scrolls by itself. */
  readonly list?: boolean;
}

/** Flows, what they could not settle, and how their fields are mapped. */
export function FlowsFrame({ tab, list = false, ...frame }: FlowsFrameProps) {
  const t = useTranslations("flows");
  const tabs = TABS.map(({ id, to }) => ({ id, to, label: t(`tab.${id}`) }));
  return <TabbedFrame {...frame} title={t("title")} label={t("tabs")} current={tab} tabs={tabs} list={list} />;
}
