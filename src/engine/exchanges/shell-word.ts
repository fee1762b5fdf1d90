/** A piece of an argument: text as it is, or the name of a shell variable. */
export type ShellPart = string | { readonly variable: string };

/**
 * Write one argument for a POSIX shell. Text can hold anything but NUL, which no argument can hold; plain words stay bare.
 *
 * @example shellWord(["key: ", { variable: "KEY" }]) // "key: $KEY", in double quotes
 * @example shellWord(["it's ", { variable: "KEY" }]) // 'it'\\''s '"$KEY"
 */
export function shellWord(parts: readonly ShellPart[]): string {
  const whole = joined(parts);
  const variables = whole.some((part) => typeof part !== "string");
  if (variables && whole.every((part) => typeof part !== "string" || CALM.test(part))) return doubleQuoted(whole);
  const written = whole.map((part) => (typeof part === "string" ? quoted(part) : `"$${part.variable}"`)).join("");
  return written === "" ? "''" : written;
}

/** A leading `=` is left out of the plain ones: zsh would look for a program of that name. */
const PLAIN = /^(?!=)[\w@%+=:,./-]+$/;
/** Means nothing within double quotes. `!` would, in an interactive bash. */
const CALM = /^[^$`"\\!]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** `${NAME}` where the text goes on like a name. */
const doubleQuoted = (parts: readonly ShellPart[]): string =>
  `"${parts
    .map((part, at) => {
      if (typeof part === "string") return part;
      const next = parts[at + 1];
      return typeof next === "string" && /^\w/.test(next) ? `\${${part.variable}}` : `$${part.variable}`;
    })
    .join("")}"`;

/** Texts side by side become one. */
function joined(parts: readonly ShellPart[]): ShellPart[] {
  const out: ShellPart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (typeof part === "string" && typeof last === "string") out[out.length - 1] = last + part;
    else if (part !== "") out.push(part);
  }
  return out;
}
