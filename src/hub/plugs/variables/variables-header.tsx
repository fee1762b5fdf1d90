"use client";

import { useTranslations } from "use-intl";
import { CardHeader, CardTitle } from "../../../components/ui/card.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { PlugRecord } from "../../../contract/index.ts";
import { NewTenant } from "./new-tenant.tsx";

interface VariablesHeaderProps {
  readonly plug: PlugRecord;
  readonly tenant: string;
  readonly onTenant: (tenant: string) => void;
}

/** Whose variables these are. */
export function VariablesHeader({ plug, tenant, onTenant }: VariablesHeaderProps) {
  const t = useTranslations("plugs");
  const tenants = plug.tenants.includes(tenant) ? plug.tenants : [...plug.tenants, tenant];
  return (
    <CardHeader>
      <CardTitle>{t("variables.title")}</CardTitle>
      {tenants.length > 1 && tenants.length <= 4 && (
        <Segmented value={tenant} onValueChange={onTenant} options={tenants} label={t("tenant")} className="mx-1">
          {(name) => <span className="max-w-28 truncate">{name}</span>}
        </Segmented>
      )}
      {tenants.length > 4 && (
        <div className="mx-1 w-40">
          <Select value={tenant} onChange={(event) => onTenant(event.target.value)} aria-label={t("tenant")}>
            {tenants.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </div>
      )}
      <span className="flex-1" />
      <NewTenant onTenant={onTenant} />
    </CardHeader>
  );
}
