"use client";

import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import type { RoomProps } from "../rooms.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { NotFoundRoom } from "../shell/not-found-room.tsx";
import { PageFrame } from "../shell/page-frame.tsx";

const SECTIONS = ["health", "retention", "alerts", "audit", "secrets"] as const;
type Section = (typeof SECTIONS)[number];

const VIEWS: Record<Section, LazyExoticComponent<ComponentType>> = {
  health: lazy(() => import("./health/health-section.tsx")),
  retention: lazy(() => import("./retention/retention-section.tsx")),
  alerts: lazy(() => import("./alerts/alerts-section.tsx")),
  audit: lazy(() => import("./audit/audit-section.tsx")),
  secrets: lazy(() => import("./secrets/secrets-section.tsx")),
};

/** The house itself: is it well, how long does it keep things, whom does it tell, who changed what. */
export default function SettingsRoom({ params }: RoomProps) {
  const t = useTranslations("settings");
  const current = SECTIONS.find((section) => section === (params.section ?? "health"));
  if (!current) return <NotFoundRoom path={`/settings/${params.section}`} />;
  const View = VIEWS[current];
  return (
    <PageFrame flush title={t("title")}>
      <div className="flex min-w-0 flex-1 flex-col">
        <nav
          aria-label={t("sections")}
          className="no-scrollbar flex shrink-0 gap-4.5 overflow-x-auto overflow-y-hidden border-b px-gutter"
        >
          {SECTIONS.map((section) => (
            <HubLink
              key={section}
              to={section === "health" ? "/settings" : `/settings/${section}`}
              aria-current={section === current ? "page" : undefined}
              className={cn(
                "-mb-px inline-flex h-9 items-center border-b-[1.5px] border-transparent font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:text-foreground",
                section === current && "border-foreground text-foreground",
              )}
            >
              {t(`section.${section}`)}
            </HubLink>
          ))}
        </nav>
        <div data-scroll="" className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-gutter pt-4 pb-6 small:pt-3">
          <div className="mx-auto flex max-w-300 flex-col gap-3">
            <Suspense>
              <View />
            </Suspense>
          </div>
        </div>
      </div>
    </PageFrame>
  );
}
