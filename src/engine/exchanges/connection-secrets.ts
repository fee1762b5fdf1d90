import type { VarField, VarRecord } from "../plugs/index.ts";
import { createRedactor, type Redactor } from "../security/redaction.ts";
import { secretSpellings } from "../security/secret-spellings.ts";

/** What hides the secrets of one connection. */
export interface ConnectionSecrets {
  readonly redactor: Redactor;
  /** Remove the beginning of a secret from the end of a text that was cut off in the middle of it. */
  cleanTail(text: string): string;
}

/** Values that nobody may see: those of secret variables, and of keys that are not declared, which are the plug's own. */
export function secretValues(fields: readonly VarField[], vars: VarRecord): string[] {
  const open = new Set(fields.filter((field) => !field.secret).map((field) => field.key));
  return Object.entries(vars).flatMap(([key, value]) =>
    value === undefined || typeof value === "boolean" || open.has(key) ? [] : [String(value)],
  );
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

/**
 * The secrets that a binding has had so far: a token that was just replaced still stands in the call that used it.
 *
 * @param fixed further values, such as the secrets of the plug's wire.
 */
export function collectSecrets(
  fields: readonly VarField[],
  vars: () => VarRecord,
  fixed: readonly string[] = [],
): () => ConnectionSecrets {
  const values = new Set(fixed);
  let known: { readonly vars: VarRecord; readonly secrets: ConnectionSecrets } | null = null;
  return () => {
    const now = vars();
    if (known?.vars === now) return known.secrets;
    for (const value of secretValues(fields, now)) values.add(value);
    known = { vars: now, secrets: connectionSecrets([...values]) };
    return known.secrets;
  };
}

/** How much of the text's end is the beginning of the secret. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

const NONE = connectionSecrets([]);
export const noSecrets = (): ConnectionSecrets => NONE;
