"use client";

import { parseAsString, useQueryState } from "nuqs";
import { lazy } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { useOverview } from "../data/use-overview.ts";
import { LazyOverlay } from "../parts/lazy-overlay.tsx";

const load = () => import("./tenant-menu-open.tsx");
const TenantMenuOpen = lazy(load);

/** Narrows every room to one tenant. Not shown while there is only one. */
export function TenantMenu() {
  const t = useTranslations("shell");
  const [tenant] = useQueryState("tenant", parseAsString);
  const tenants = useOverview().data?.tenants ?? [];
  if (tenants.length < 2 && tenant === null) return null;
  return (
    <LazyOverlay
      load={load}
      trigger={
        <Button variant="ghost" className="small:hidden">
          <Icon name="user" className="size-3.5" />
          <span className="max-w-32 truncate">{tenant ?? t("allTenants")}</span>
          <Icon name="chevron-down" className="size-3" />
        </Button>
      }
    >
      {(trigger) => <TenantMenuOpen trigger={trigger} />}
    </LazyOverlay>
  );
}
