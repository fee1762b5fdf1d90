import { usageError } from "../cli-error.ts";

/** `acme-orders` as a name in a program: `acmeOrders`. */
export const camel = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `acme-orders` for people: `Acme orders`. */
export const spoken = (name: string): string => (name[0]?.toUpperCase() ?? "") + name.slice(1).replaceAll("-", " ");

/** @throws CliError for what cannot be a name in an address and in a file */
export function checkName(name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 62) return;
  throw usageError(
    `"${name}" is no name.`,
    "Lower-case letters, digits and single -, beginning with a letter; at most 62.",
  );
}

const WORDS = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);

/** What a file exports: a word of the language, or of the template itself, gets the kind behind it. */
export function exportName(name: string, kind: string, taken: readonly string[]): string {
  const made = camel(name);
  return WORDS.has(made) || taken.includes(made) ? `${made}${spoken(kind)}` : made;
}
