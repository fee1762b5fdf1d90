import type { AuthStrategy } from "./auth/auth-strategy.ts";
import type { BreakerRules } from "./breaker-rules.ts";
import type { EndpointMap } from "./endpoints/endpoint-definition.ts";
import type { PlugBinding } from "./plug-binding.ts";
import type { PlugClient } from "./plug-client.ts";
import type { RateLimit } from "./plug-options.ts";
import type { VarDefinition, VarField, VarPatch, VarRecord } from "./vars/var-definition.ts";
import type { VarChanges, VarValues } from "./vars/var-values.ts";

/** What the hub needs to know of any plug. */
export interface PlugDefinition {
  readonly kind: "plug";
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly docsUrl: string | null;
  /** The constant base URL; `null` when it is a function of the variables. */
  readonly baseUrl: string | null;
  /** The kind of authentication, e.g. `bearer`; `dynamic` when the variables choose it. */
  readonly authKind: AuthStrategy["kind"];
  /** The declared variables with defaults filled in. */
  readonly fields: readonly VarField[];
  readonly endpoints: EndpointMap;
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number | null;
  /** When passes to it wait because it is down; `null`: never. */
  readonly breaker: BreakerRules | null;
  /** Share of calls to keep, 0 to 1. */
  readonly exchangeSample: number;
  /** The base URL for these variables, or `null` when they do not give a valid one yet. */
  resolveBaseUrl(vars: VarRecord): string | null;
  /** How it authenticates with these variables, or `null` when they do not say yet. */
  resolveAuth(vars: VarRecord): AuthStrategy | null;
}

/**
 * A plug: an API that the hub can talk to. Made by `plug()`, frozen.
 * It makes calls by itself (with `vars` per call), or as `bind(binding)` for one connection.
 */
export interface Plug<
  Vars extends readonly VarDefinition[] = readonly VarDefinition[],
  Endpoints extends EndpointMap = EndpointMap,
> extends PlugDefinition,
    PlugClient<Vars, Endpoints> {
  readonly endpoints: Endpoints;
  /** Only a type: what `vars` was. Read it with `VarsOf`. */
  readonly $vars?: Vars;
  bind(binding: PlugBinding): BoundPlug<Vars, Endpoints>;
}

/** A plug with one connection's credentials: what handlers get as `ctx.plug`. */
export interface BoundPlug<
  Vars extends readonly VarDefinition[] = readonly VarDefinition[],
  Endpoints extends EndpointMap = EndpointMap,
> extends PlugClient<Vars, Endpoints> {
  readonly name: string;
  readonly tenant: string;
  /** The variables as they are now. */
  readonly vars: VarValues<Vars>;
  /** Store variables, all or nothing; `null` clears one. */
  setVars(changes: VarChanges<Vars>): Promise<void>;
}

/** Any plug's client, seen without knowing its variables and endpoints. */
export interface AnyBoundPlug extends PlugClient<readonly VarDefinition[], EndpointMap> {
  readonly name: string;
  readonly tenant: string;
  readonly vars: VarRecord;
  setVars(changes: VarPatch): Promise<void>;
}

/** Any plug, whatever its variables and endpoints. Interfaces of their own, so that types are compared by what they can do. */
export interface AnyPlug extends PlugDefinition {
  bind(binding: PlugBinding): AnyBoundPlug;
}

/** The values of a plug's variables: `VarsOf<typeof stripe>`. */
export type VarsOf<P extends { readonly $vars?: readonly VarDefinition[] }> = VarValues<NonNullable<P["$vars"]>>;

/** What `bind` of a plug gives: `BoundPlugOf<typeof stripe>`. */
export type BoundPlugOf<P extends { bind(binding: PlugBinding): unknown }> = ReturnType<P["bind"]>;
