"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../../components/ui/dropdown-menu.tsx";
import { useOverview } from "../data/use-overview.ts";
import type { OverlayProps } from "../parts/lazy-overlay.tsx";

export default function TenantMenuOpen({ trigger }: OverlayProps) {
  const t = useTranslations("shell");
  const [tenant, setTenant] = useQueryState("tenant", parseAsString);
  const tenants = useOverview().data?.tenants ?? [];
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuRadioGroup
          value={tenant ?? ""}
          onValueChange={(value) => void setTenant(value === "" ? null : value, { history: "push" })}
        >
          <DropdownMenuRadioItem value="">{t("allTenants")}</DropdownMenuRadioItem>
          {tenants.map((name) => (
            <DropdownMenuRadioItem key={name} value={name}>
              {name}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
