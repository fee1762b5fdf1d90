// Private-use characters, which no command has: they mark where the shell would put a variable.
const START = "\uE000";
const END = "\uE001";
const MARKED = /\uE000([^\uE001]*)\uE001/g;

/** A variable of the shell inside of a word, e.g. `$TOKEN`. Its value is not known, and not asked for. */
export const shellVariable = (name: string): string => `${START}${name}${END}`;

/** @example variablesIn(`Bearer ${shellVariable("TOKEN")}`) // ["TOKEN"] */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(MARKED)].map((match) => match[1] ?? "");

export const hasVariables = (text: string): boolean => text.includes(START);

/** Put something in the place of each variable. */
export const replaceVariables = (text: string, replacement: (name: string) => string): string =>
  text.replaceAll(MARKED, (_match, name: string) => replacement(name));

/** The marks must not come from outside. */
export const withoutMarks = (text: string): string => text.replaceAll(/[\uE000\uE001]/g, "\uFFFD");
