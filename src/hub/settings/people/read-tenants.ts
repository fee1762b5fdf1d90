import { TENANT_PATTERN } from "../../../contract/names.ts";

/**
 * Tenants as they are typed: separated by commas or spaces, each once.
 *
 * @returns `undefined` when there is none, or one cannot be a tenant's name.
 * @example readTenants("acme, globex") // ["acme", "globex"]
 */
export function readTenants(text: string): string[] | undefined {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))];
  return names.length > 0 && names.every((name) => TENANT_PATTERN.test(name)) ? names : undefined;
}
