import type { VarField, VarPatch, VarRecord } from "../plugs/index.ts";
import { createRedactor, type Redactor } from "../security/redaction.ts";
import { secretSpellings } from "../security/secret-spellings.ts";

/** What hides the secrets of one connection. */
export interface ConnectionSecrets {
  readonly redactor: Redactor;
  /** Remove the beginning of a secret from the end of a text that was cut off in the middle of it. */
  cleanTail(text: string): string;
}

/**
 * Values that nobody may see: those of secret variables, and of keys that are not declared, which are the plug's own.
 * Where a value is JSON (a stored token, a service account's key file), its texts are secrets as well.
 */
export function secretValues(fields: readonly VarField[], vars: VarPatch): string[] {
  const open = new Set(fields.filter((field) => !field.secret).map((field) => field.key));
  return Object.entries(vars).flatMap(([key, value]) => {
    if (value === undefined || value === null || typeof value === "boolean" || open.has(key)) return [];
    return [String(value), ...textsWithin(String(value))];
  });
}

/** Shorter texts in a JSON are words, such as a token's type. */
const MIN_INNER_LENGTH = 12;

function textsWithin(value: string): string[] {
  if (!value.startsWith("{") && !value.startsWith("[")) return [];
  const texts: string[] = [];
  try {
    JSON.parse(value, (_name, inner: unknown) => {
      if (typeof inner === "string" && inner.length >= MIN_INNER_LENGTH) texts.push(inner);
      return inner;
    });
  } catch {
    // it only begins like JSON
  }
  return texts;
}

/** Compiled when first needed: most bindings live for one short run. */
export function connectionSecrets(values: readonly string[]): ConnectionSecrets {
  let redactor: Redactor | null = null;
  return {
    get redactor() {
      redactor ??= createRedactor(values);
      return redactor;
    },
    cleanTail: (text) => {
      let end = text.length;
      for (const spelling of values.flatMap((value) => [...secretSpellings(value)]))
        end = Math.min(end, text.length - overlap(text, spelling));
      return text.slice(0, end);
    },
  };
}

/** The secrets that a binding has had so far: a token that was just replaced still stands in the call that used it. */
export interface CollectedSecrets {
  (): ConnectionSecrets;
  /** They are about to be stored: hide them from now on, also in the call that fetched them. */
  learn(vars: VarPatch): void;
}

/** @param fixed further values, such as the secrets of the plug's wire. */
export function collectSecrets(
  fields: readonly VarField[],
  vars: VarRecord,
  fixed: readonly string[] = [],
): CollectedSecrets {
  const values = new Set([...fixed, ...secretValues(fields, vars)]);
  let compiled: ConnectionSecrets | null = null;
  const secrets = (): ConnectionSecrets => {
    compiled ??= connectionSecrets([...values]);
    return compiled;
  };
  const learn = (patch: VarPatch): void => {
    for (const value of secretValues(fields, patch)) values.add(value);
    compiled = null;
  };
  return Object.assign(secrets, { learn });
}

/** How much of the text's end is the beginning of the secret. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

const NONE = connectionSecrets([]);
export const noSecrets = (): ConnectionSecrets => NONE;
