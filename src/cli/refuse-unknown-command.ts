import type { Command } from "commander";
import { usageError } from "./cli-error.ts";
import { closest } from "./closest.ts";

/**
 * `khotan runs lst`: a group does by itself what its `list` does, and would take the word for an argument of that.
 *
 * @throws CliError with what was probably meant
 */
export function refuseUnknownCommand(program: Command, args: readonly string[]): void {
  const [first, second] = wordsOf(program, args);
  const group = program.commands.find((one) => one.name() === first || one.aliases().includes(first ?? ""));
  if (!group || group.commands.length === 0 || second === undefined || second === "help") return;
  const names = group.commands.flatMap((one) => [one.name(), ...one.aliases()]);
  if (names.includes(second)) return;
  const near = closest(second, names);
  throw usageError(
    `khotan ${group.name()} has no command "${second}".`,
    near
      ? `Did you mean "khotan ${group.name()} ${near}"?`
      : `It has ${names.join(", ")}: khotan ${group.name()} --help`,
  );
}

/** The words that are no flags and no flags' values, up to the second. */
function wordsOf(program: Command, args: readonly string[]): string[] {
  const words: string[] = [];
  let command = program;
  for (let at = 0; at < args.length && words.length < 2; at++) {
    const word = args[at] ?? "";
    if (word === "--") break;
    if (!word.startsWith("-")) {
      words.push(word);
      command = program.commands.find((one) => one.name() === word) ?? command;
      continue;
    }
    const options = [...program.options, ...command.options, ...command.commands.flatMap((one) => one.options)];
    const option = options.find(({ short, long }) => word === short || word === long);
    if (option?.required || option?.optional) at++;
  }
  return words;
}
