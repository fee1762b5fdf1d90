/** Roles of a person or a key, weakest first. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who may call a route. Every route declares one of these and publishes it as `x-khotan-access`. */
export const ACCESS_CLASSES = ["open", "webhook", "cron", ...ROLES] as const;
export type AccessClass = (typeof ACCESS_CLASSES)[number];

/** Whoever stands behind a request. `tenants` is `"*"` for everything, or the list it may see and touch. */
export interface Principal {
  readonly id: string;
  readonly role: Role;
  readonly tenants: "*" | readonly string[];
  /** What to call the principal in the audit log; defaults to `id`. */
  readonly name?: string;
}

/** `true` when `role` is at least `needed`. */
export const roleAtLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** `true` when the principal may see and touch this tenant. */
export const maySeeTenant = (principal: Principal, tenant: string): boolean =>
  principal.tenants === "*" || principal.tenants.includes(tenant);
