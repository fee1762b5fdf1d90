/** A piece of an argument: text as it is, or the name of a shell variable. */
export type ShellPart = string | { readonly variable: string };

/**
 * Write one argument for a POSIX shell. Text can hold anything but NUL, which no argument can hold; plain words stay bare.
 *
 * @example shellWord(["key=", { variable: "KEY" }, "&q=it's"]) // `key="$KEY"'&q=it'\''s'`
 */
export function shellWord(parts: readonly ShellPart[]): string {
  const written = parts.map((part) => (typeof part === "string" ? quoted(part) : `"$${part.variable}"`)).join("");
  return written === "" ? "''" : written;
}

/** A leading `=` is left out of the plain ones: zsh would look for a program of that name. */
const PLAIN = /^(?!=)[\w@%+=:,./-]+$/;

const quoted = (text: string): string =>
  text === "" || PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
