import type { PlugBinding } from "./plug-binding.ts";
import type { PlugCore } from "./plug-core.ts";
import type { VarPatch, VarRecord } from "./vars/var-definition.ts";

/** A plug bound to one connection: the live variables and what its calls share. */
export class PlugSession {
  readonly core: PlugCore;
  readonly binding: PlugBinding;
  #vars: VarRecord;
  readonly #seen = new Map<string, number>();

  constructor(core: PlugCore, binding: PlugBinding) {
    this.core = core;
    this.binding = binding;
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

function withDefaults(core: PlugCore, vars: VarRecord): VarRecord {
  const out: Record<string, VarRecord[string]> = {};
  for (const field of core.fields) if (field.defaultValue !== undefined) out[field.key] = field.defaultValue;
  for (const [key, value] of Object.entries(vars)) if (value !== undefined) out[key] = value;
  return out;
}
