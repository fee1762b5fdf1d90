import { z } from "zod";
import { type Principal, ROLES, type Role } from "../../contract/roles.ts";

const rightsSchema = z.object({ role: z.enum(ROLES), tenants: z.array(z.string()), disabledAt: z.null().optional() });
/** What an API key may say about itself; whoever makes a key writes this, so it can only narrow. */
const keySchema = z.object({ role: z.enum(ROLES).optional(), tenants: z.array(z.string()).optional() }).nullish();

export type Rights = Pick<Principal, "role" | "tenants">;

/** A person's rights. `undefined` when they are switched off, or the row makes no sense: then nobody gets in. */
export const rightsOf = (user: unknown): Rights | undefined => {
  const parsed = rightsSchema.safeParse(user);
  if (!parsed.success) return undefined;
  return { role: parsed.data.role, tenants: parsed.data.tenants.includes("*") ? "*" : parsed.data.tenants };
};

/** The rights of a key of the hub itself: what it says, which is nothing unless it says both. */
export const rightsOfHubKey = (metadata: unknown): Rights | undefined => {
  const parsed = keySchema.safeParse(metadata);
  return parsed.success ? rightsOf(parsed.data) : undefined;
};

/** The rights of a key: its owner's, as they are now, narrowed by what the key says. */
export const narrow = (owner: Rights, metadata: unknown): Rights | undefined => {
  const parsed = keySchema.safeParse(metadata);
  if (!parsed.success) return undefined;
  const { role = owner.role, tenants = ["*"] } = parsed.data ?? {};
  return { role: weaker(owner.role, role), tenants: both(owner.tenants, tenants.includes("*") ? "*" : tenants) };
};

const weaker = (a: Role, b: Role): Role => (ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b);

const both = (a: Principal["tenants"], b: Principal["tenants"]): Principal["tenants"] => {
  if (a === "*") return b;
  return b === "*" ? a : a.filter((tenant) => b.includes(tenant));
};
