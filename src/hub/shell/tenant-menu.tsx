"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { Button } from "../../components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../../components/ui/dropdown-menu.tsx";
import { Icon } from "../../components/ui/icon.tsx";
import { useOverview } from "../data/use-overview.ts";

/** Narrows every room to one tenant. Not shown while there is only one. */
export function TenantMenu() {
  const t = useTranslations("shell");
  const [tenant, setTenant] = useQueryState("tenant", parseAsString);
  const tenants = useOverview().data?.tenants ?? [];
  if (tenants.length < 2 && tenant === null) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="small:hidden">
          <Icon name="user" className="size-3.5" />
          <span className="max-w-32 truncate">{tenant ?? t("allTenants")}</span>
          <Icon name="chevron-down" className="size-3" />
        </Button>
      </DropdownMenuTrigger>
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
