/** The tenant of an app that knows no tenants. */
export const DEFAULT_TENANT = "default";

/** A tenant's name: 1 to 64 letters, digits, `.`, `_` or `-`. */
export const TENANT_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
