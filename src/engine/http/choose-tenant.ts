import { DEFAULT_TENANT, maySeeTenant, type Principal } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import type { Input } from "./read-input.ts";

/**
 * Settle which tenant a request is about.
 *
 * A route's own default is the tenant `default`; whoever may not see that one
 * and names none means its own, if there is only one, or when nothing is changed.
 *
 * @returns the query with the tenant settled.
 * @throws KhotanError `forbidden` for a tenant the principal may not see.
 */
export function chooseTenant(principal: Principal, input: Input, changes: boolean): Input["query"] {
  const named = input.sent.get("tenant");
  if (named !== undefined && !maySeeTenant(principal, named)) throw notYours(principal, named);
  const { query } = input;
  if (named !== undefined || query?.tenant !== DEFAULT_TENANT || maySeeTenant(principal, DEFAULT_TENANT)) return query;
  const own = principal.tenants === "*" ? [] : principal.tenants;
  const [first] = own;
  if (first === undefined || (changes && own.length > 1)) throw notYours(principal, DEFAULT_TENANT);
  return { ...query, tenant: first };
}

/** A tenant that stands in a body. @throws KhotanError `forbidden` */
export function requireTenant(principal: Principal, tenant: string): void {
  if (!maySeeTenant(principal, tenant)) throw notYours(principal, tenant);
}

/** What concerns every tenant may only be changed by who may see them all. @throws KhotanError `forbidden` */
export function requireAllTenants(principal: Principal): void {
  if (principal.tenants === "*") return;
  throw new KhotanError("forbidden", "This changes something for every tenant, and you may see only some.", {
    hint: "Ask somebody who may see all tenants.",
  });
}

function notYours(principal: Principal, tenant: string): KhotanError {
  const own = principal.tenants === "*" ? [] : principal.tenants;
  return new KhotanError("forbidden", `You may not see the tenant "${tenant}".`, {
    hint: own.length > 0 ? `Name one of yours, e.g. ?tenant=${own[0]}` : "No tenant was given to you.",
  });
}
