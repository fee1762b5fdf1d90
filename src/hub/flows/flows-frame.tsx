"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { HubLink } from "../routing/hub-link.tsx";
import { PageFrame } from "../shell/page-frame.tsx";

const TABS = [
  { id: "flows", to: "/flows" },
  { id: "conflicts", to: "/flows/conflicts" },
  { id: "fields", to: "/flows/field-mappings" },
] as const;

interface FlowsFrameProps {
  readonly tab: (typeof TABS)[number]["id"];
  readonly meta?: ReactNode;
  /** What is open beside it. */
  readonly sheet?: ReactNode;
  readonly children: ReactNode;
  /** The list scrolls by itself. */
  readonly list?: boolean;
}

/** Flows, what they could not settle, and how their fields are mapped. */
export function FlowsFrame({ tab, meta, sheet, children, list = false }: FlowsFrameProps) {
  const t = useTranslations("flows");
  return (
    <PageFrame flush title={t("title")} meta={meta && <span className="small:hidden">{meta}</span>}>
      <div className="flex min-w-0 flex-1 flex-col">
        <nav aria-label={t("tabs")} className="flex shrink-0 gap-4.5 border-b px-gutter">
          {TABS.map(({ id, to }) => (
            <HubLink
              key={id}
              to={to}
              aria-current={id === tab ? "page" : undefined}
              className={cn(
                "-mb-px inline-flex h-9 items-center border-b-[1.5px] border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:text-foreground small:h-10",
                id === tab && "border-foreground text-foreground",
              )}
            >
              {t(`tab.${id}`)}
            </HubLink>
          ))}
        </nav>
        <div
          data-scroll=""
          className={cn(
            "flex min-h-0 min-w-0 flex-1 flex-col gap-3 px-gutter pt-3",
            list ? "small:scroll-quiet small:overflow-y-auto small:pb-4" : "scroll-quiet overflow-y-auto pb-6",
          )}
        >
          {children}
        </div>
      </div>
      {sheet}
    </PageFrame>
  );
}
