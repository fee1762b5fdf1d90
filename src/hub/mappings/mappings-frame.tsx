"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { HubLink } from "../routing/hub-link.tsx";
import { PageFrame } from "../shell/page-frame.tsx";

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

/** Title, tabs, the list, and what is open beside it. */
export function MappingsFrame({ tab, meta, sheet, children }: MappingsFrameProps) {
  const t = useTranslations("mappings");
  return (
    <PageFrame flush title={t("title")} meta={meta}>
      <div className="flex min-w-0 flex-1 flex-col">
        <nav aria-label={t("tabs")} className="flex shrink-0 gap-4.5 border-b px-gutter">
          {TABS.map(({ id, to }) => (
            <HubLink
              key={id}
              to={to}
              aria-current={id === tab ? "page" : undefined}
              className={cn(
                "-mb-px inline-flex h-9 items-center border-b-[1.5px] border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:text-foreground",
                id === tab && "border-foreground text-foreground",
              )}
            >
              {t(`tab.${id}`)}
            </HubLink>
          ))}
        </nav>
        <div
          data-scroll=""
          className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 px-gutter pt-3 small:scroll-quiet small:overflow-y-auto small:pb-4"
        >
          {children}
        </div>
      </div>
      {sheet}
    </PageFrame>
  );
}
