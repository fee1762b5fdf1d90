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

/** How much of the text's end is the beginning of the secret. */
function overlap(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

export const NO_SECRETS: ConnectionSecrets = connectionSecrets([]);
