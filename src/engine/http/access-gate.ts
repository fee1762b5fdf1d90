import { z } from "zod";
import { type AccessClass, type Principal, ROLES, type Role, roleAtLeast } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { equalInConstantTime } from "../security/constant-time.ts";
import { refuseCrossSite } from "./refuse-cross-site.ts";

const principalSchema = z.object({
  id: z.string().min(1),
  role: z.enum(ROLES),
  tenants: z.union([z.literal("*"), z.array(z.string())]),
  name: z.string().optional(),
});

/** Who `authorize: () => true` is. */
const EVERYBODY: Principal = { id: "admin", role: "admin", tenants: "*" };

/**
 * Let a request through, or say why not. Decides before anything of the body is read.
 *
 * @returns who asks; `null` for classes that ask nobody.
 * @throws KhotanError `unauthenticated`, `forbidden`
 */
export async function passGate(
  engine: Pick<Engine, "authorize" | "settings">,
  access: AccessClass,
  request: Request,
): Promise<Principal | null> {
  switch (access) {
    case "open":
    case "webhook": // its signature is its credential
      return null;
    case "cron":
      return requireCronSecret(engine.settings.cronSecret, request);
    default: {
      const principal = await identify(engine, request);
      requireRole(principal, access);
      refuseCrossSite(engine.settings, request);
      return principal;
    }
  }
}

/** Who sends this request? @throws KhotanError `unauthenticated` */
export async function identify(engine: Pick<Engine, "authorize">, request: Request): Promise<Principal> {
  if (!engine.authorize) {
    throw new KhotanError("unauthenticated", "Nobody can be let in: the hub was made without `authorize`.", {
      hint: "Pass `authorize(request)` to khotan(); it says who is asking.",
    });
  }
  const found = await engine.authorize(request);
  if (found === true) return EVERYBODY;
  if (!found) {
    throw new KhotanError("unauthenticated", "This needs credentials.", {
      hint: "Send `Authorization: Bearer <api key>`, or sign in.",
    });
  }
  const checked = principalSchema.safeParse(found);
  if (checked.success) return checked.data;
  const wrong = checked.error.issues.map((issue) => issue.path.join(".") || "all of it").join(", ");
  throw new TypeError(`authorize() must return a boolean or { id, role, tenants }; wrong is: ${wrong}`);
}

function requireRole(principal: Principal, needed: Role): void {
  if (roleAtLeast(principal.role, needed)) return;
  throw new KhotanError("forbidden", `This needs the role ${needed}; you are ${principal.role}.`, {
    hint: `Ask an admin for the role ${needed}.`,
  });
}

function requireCronSecret(secret: string | undefined, request: Request): null {
  const given = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  if (secret !== undefined && equalInConstantTime(given, secret)) return null;
  throw new KhotanError("unauthenticated", "This needs the cron secret.", {
    hint:
      secret === undefined
        ? "Set CRON_SECRET; without it nobody may call this."
        : "Send `Authorization: Bearer $CRON_SECRET`.",
  });
}
