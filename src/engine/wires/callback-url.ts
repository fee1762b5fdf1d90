import { DEFAULT_TENANT } from "../../contract/index.ts";
import type { Settings } from "../config.ts";

/**
 * The address a provider calls: `{KHOTAN_WEBHOOK_URL}{basePath}/webhook/{plug}`,
 * with the tenant behind it unless it is the default one.
 *
 * @param origin where the asking request came to, for hubs without KHOTAN_WEBHOOK_URL.
 */
export function callbackUrl(
  settings: Pick<Settings, "webhookUrl" | "basePath">,
  origin: string,
  plug: string,
  tenant: string,
): string {
  const base = (settings.webhookUrl ?? origin).replace(/\/+$/, "");
  return `${base}${settings.basePath}/webhook/${plug}${tenant === DEFAULT_TENANT ? "" : `/${encodeURIComponent(tenant)}`}`;
}
