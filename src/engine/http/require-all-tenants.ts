import type { Principal } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";

/** What is not split by tenant is for who sees all of them. @throws KhotanError `forbidden` */
export function requireAllTenants(principal: Principal): void {
  if (principal.tenants === "*") return;
  throw new KhotanError("forbidden", "This concerns every tenant, and you may see some only.", {
    hint: "Ask with a key or an account that is not limited to tenants.",
  });
}
