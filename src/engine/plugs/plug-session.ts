import { createRedactor, type Redactor } from "../security/redaction.ts";
import type { Renewal } from "./auth/auth-strategy.ts";
import type { EndpointDefinition } from "./endpoints/endpoint-definition.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import type { PlugBinding, PlugLimiter } from "./plug-binding.ts";
import { type PlugClock, systemClock } from "./plug-clock.ts";
import type { PlugCore } from "./plug-core.ts";
import { localLimiter } from "./retry/local-limiter.ts";
import type { VarPatch, VarRecord } from "./vars/var-definition.ts";

/** A plug bound to one connection: the live variables and what its calls share. */
export class PlugSession {
  readonly core: PlugCore;
  readonly binding: PlugBinding;
  readonly clock: PlugClock;
  readonly limiter: PlugLimiter | undefined;
  #vars: VarRecord;
  #redactor: { readonly key: string; readonly redactor: Redactor } | null = null;
  #renewing: Promise<void> | null = null;
  readonly #seen = new Map<string, number>();

  constructor(core: PlugCore, binding: PlugBinding) {
    this.core = core;
    this.binding = binding;
    this.clock = binding.clock ?? systemClock;
    this.limiter = binding.limiter ?? localLimiter(core, binding.tenant, this.clock);
    this.#vars = withDefaults(core, binding.vars);
  }

  get vars(): VarRecord {
    return this.#vars;
  }

  /** Store a patch; the session's own view changes only when storing worked. */
  async setVars(patch: VarPatch): Promise<void> {
    await this.binding.setVars?.(patch);
    this.#vars = patched(this.#vars, patch);
  }

  /** Replace stored credentials: see `AuthContext.renewVars`. @returns all variables as they are then. */
  async renewVars(renewal: Renewal, own: VarRecord): Promise<VarRecord> {
    if (this.binding.renewVars) {
      this.#vars = withDefaults(this.core, await this.binding.renewVars(renewal));
      return this.#vars;
    }
    while (this.#renewing !== null) {
      await this.#renewing.catch(() => undefined); // its own caller is told; the next one tries itself
      if (renewal.isDone(this.#vars)) return this.#vars;
    }
    this.#renewing = renewal.renew(own).then((patch) => this.setVars(patch));
    try {
      await this.#renewing;
    } finally {
      this.#renewing = null;
    }
    return this.#vars;
  }

  /** Compiled once: the secrets of a connection seldom change. */
  redactorFor(secrets: readonly string[]): Redactor {
    const key = secrets.join("\n");
    if (this.#redactor?.key !== key) this.#redactor = { key, redactor: createRedactor(secrets) };
    return this.#redactor.redactor;
  }

  /** A declared endpoint. @throws PlugConfigError `endpoint_unknown` */
  endpoint(name: string): EndpointDefinition {
    const { endpoints } = this.core;
    const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
    if (endpoint) return endpoint;
    throw new PlugConfigError({
      code: "endpoint_unknown",
      plug: this.core.name,
      message: `${this.core.name} declares no endpoint "${name}"`,
      hint: `It has ${Object.keys(endpoints).join(", ") || "none"}.`,
    });
  }

  /** How often this was asked before: tells equal calls of one run apart, in any order of the others. */
  ordinalOf(digest: string): number {
    const ordinal = this.#seen.get(digest) ?? 0;
    this.#seen.set(digest, ordinal + 1);
    return ordinal;
  }
}

/** Lay a patch over variables: `null` clears, `undefined` leaves alone. */
export function patched(vars: VarRecord, patch: VarPatch): VarRecord {
  const out = { ...vars };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key];
    else if (value !== undefined) out[key] = value;
  }
  return out;
}

/** The variables, with the plug's defaults where they are not set. */
export function withDefaults(core: PlugCore, vars: VarRecord): VarRecord {
  const out: Record<string, VarRecord[string]> = {};
  for (const field of core.fields) if (field.defaultValue !== undefined) out[field.key] = field.defaultValue;
  for (const [key, value] of Object.entries(vars)) if (value !== undefined) out[key] = value;
  return out;
}
