import { useTranslations } from "use-intl";

/** Tenants in words: "all tenants", or their names. */
export function useTenantsText(): (tenants: "*" | readonly string[]) => string {
  const t = useTranslations("people");
  return (tenants) =>
    tenants === "*" ? t("tenantsEvery") : tenants.length === 0 ? t("tenantsNone") : tenants.join(", ");
}
