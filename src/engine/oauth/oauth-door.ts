import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { fetchTokenAlone } from "../plugs/auth/token-fetch.ts";
import { type AnyPlug, type AuthContext, isOAuth2, type OAuth2Options, type VarRecord } from "../plugs/index.ts";
import { missingVars } from "../vars/merge-vars.ts";

/** A plug's OAuth with one connection's variables, for what happens outside of any call. */
export interface OAuthDoor {
  readonly plug: AnyPlug;
  readonly options: OAuth2Options;
  readonly context: AuthContext;
}

/** Where every provider sends the browser back to. */
export const redirectUriAt = (engine: Pick<Engine, "settings">, origin: string): string =>
  `${origin}${engine.settings.basePath}/oauth/callback`;

/** `null` when the plug does not authenticate by OAuth 2 with these variables. */
export function oauthDoor(engine: Engine, plug: AnyPlug, tenant: string, vars: VarRecord): OAuthDoor | null {
  const strategy = plug.resolveAuth(vars);
  if (!isOAuth2(strategy)) return null;
  const context: AuthContext = {
    plug: plug.name,
    tenant,
    vars,
    setVars: () => Promise.reject(new Error("outside of a call variables are stored with what they belong to")),
    renewVars: () => Promise.reject(new Error("outside of a call nothing is renewed")),
    fetch: (request) => fetchTokenAlone(plug.name, engine.guard, request),
    signal: undefined,
    log: () => undefined,
    now: () => engine.clock.now(),
  };
  return { plug, options: strategy.oauth2, context };
}

/**
 * The door through which a person connects this plug.
 *
 * @throws KhotanError `plug_not_found`, `conflict` when it is not connected that way, `variables_missing`, `secret_key_missing`
 */
export async function requireConsentDoor(engine: Engine, name: string, tenant: string): Promise<OAuthDoor> {
  const { plug } = engine.registry.plug(name);
  const vars = (await engine.connectionVars.read(name, tenant, plug.fields)) ?? defaultsOf(plug);
  const missing = missingVars(plug.fields, vars);
  if (missing.length > 0) {
    throw new KhotanError("variables_missing", `Connecting needs ${missing.join(", ")} first.`, {
      hint: `POST ${engine.settings.basePath}/variables/${name}?tenant=${tenant}`,
      issues: missing.map((key) => ({ path: `vars.${key}`, message: "Required." })),
    });
  }
  const door = oauthDoor(engine, plug, tenant, vars);
  if (door && door.options.grant !== "clientCredentials") return door;
  throw new KhotanError("conflict", `"${name}" is not connected by a consent.`, {
    hint: `Set its variables instead: POST ${engine.settings.basePath}/variables/${name}?tenant=${tenant}`,
  });
}

const defaultsOf = ({ fields }: AnyPlug): VarRecord =>
  Object.fromEntries(fields.map((field) => [field.key, field.defaultValue]));
