"use client";

import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from "react";
import { useTranslations } from "use-intl";
import { cn } from "../../components/ui/cn.ts";
import { useHub } from "../config.tsx";
import type { RoomProps } from "../rooms.tsx";
import { HubLink } from "../routing/hub-link.tsx";
import { NotFoundRoom } from "../shell/not-found-room.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { SECTIONS, type Section, sectionPath } from "./sections.ts";

const VIEWS: Record<Section, LazyExoticComponent<ComponentType>> = {
  health: lazy(() => import("./health/health-section.tsx")),
  users: lazy(() => import("./people/users-section.tsx")),
  keys: lazy(() => import("./keys/keys-section.tsx")),
  alerts: lazy(() => import("./alerts/alerts-section.tsx")),
  retention: lazy(() => import("./retention/retention-section.tsx")),
  secrets: lazy(() => import("./secrets/secrets-section.tsx")),
  audit: lazy(() => import("./audit/audit-section.tsx")),
  account: lazy(() => import("./account/account-section.tsx")),
};

/** The house itself: is it well, who has access, how long does it keep things, whom does it tell, who changed what. */
export default function SettingsRoom({ params }: RoomProps) {
  const t = useTranslations("settings");
  const { authPath } = useHub();
  // One's password is the host's affair where the host signs people in.
  const shown = SECTIONS.filter((section) => section !== "account" || authPath !== null);
  const current = shown.find((section) => section === (params.section ?? "health"));
  if (!current) return <NotFoundRoom path={`/settings/${params.section}`} />;
  const View = VIEWS[current];
  return (
    <PageFrame flush title={t("title")}>
      <div className="flex min-h-0 min-w-0 flex-1 small:flex-col">
        <nav
          aria-label={t("sections")}
          className="no-scrollbar flex w-47 shrink-0 flex-col gap-0.5 overflow-auto border-r px-3 py-4 small:w-auto small:flex-row small:gap-1 small:border-r-0 small:border-b small:px-gutter small:py-1.5"
        >
          {shown.map((section) => (
            <HubLink
              key={section}
              to={sectionPath(section)}
              aria-current={section === current ? "page" : undefined}
              className={cn(
                "inline-flex h-8 items-center rounded-sm px-2.5 font-medium whitespace-nowrap text-muted-foreground transition-colors duration-90 focus-inset hover:bg-accent hover:text-foreground small:h-10",
                section === current && "bg-accent text-foreground",
              )}
            >
              {t(`section.${section}`)}
            </HubLink>
          ))}
        </nav>
        <div
          key={current}
          data-scroll=""
          className="scroll-quiet min-h-0 min-w-0 flex-1 overflow-y-auto px-gutter pt-4 pb-6 small:pt-3"
        >
          <div className="flex max-w-240 flex-col gap-3">
            <Suspense>
              <View />
            </Suspense>
          </div>
        </div>
      </div>
    </PageFrame>
  );
}
