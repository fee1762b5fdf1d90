import type { Command } from "commander";
import { RUN_STATUSES } from "../../contract/index.ts";
import { PROVIDERS } from "../samples/make-sample.ts";
import { SHELLS } from "./shell-scripts.ts";

/** Words that may stand for a value, by what the commands call it: `--plug <plug>`, `<shell>`. */
type Values = (given: readonly string[], folder: string) => readonly string[] | Promise<readonly string[]>;

const names =
  (kind: "plugs" | "flows" | "handlers"): Values =>
  // Loaded only here: the other words need no syntax trees.
  async (_, folder) =>
    (await (await import("./project-names.ts")).projectNames(folder))[kind];

const VALUES: Readonly<Record<string, Values>> = {
  plug: names("plugs"),
  flow: names("flows"),
  handler: names("handlers"),
  shell: () => SHELLS,
  provider: () => Object.keys(PROVIDERS),
  "status,…": () => RUN_STATUSES,
  // Of one command each.
  "add kind": async () => (await import("../add/plan-add.ts")).KINDS,
  "add name": ([kind], folder) => (kind === "wire" ? names("plugs")([], folder) : []),
  "add how": () => ["strict", "passthrough", "warn", "off"],
  "plug name": async (_, folder) => [...(await names("plugs")([], folder)), "vars", "list"],
  "plug method": () => ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
  "trigger event": ([provider = ""]) =>
    Object.hasOwn(PROVIDERS, provider) ? Object.keys(PROVIDERS[provider]?.events ?? {}) : [],
};

/**
 * What may stand in place of the last word: commands, flags, and where a command knows its values those.
 *
 * @param folder the app's, for the names of its plugs and flows
 */
export async function completions(program: Command, words: readonly string[], folder: string): Promise<string[]> {
  const begun = words.at(-1) ?? "";
  let command = program;
  const given: string[] = [];
  let waiting: string | undefined;
  for (const word of words.slice(0, -1)) {
    const option = optionsOf(command, program).find(({ short, long }) => word === short || word === long);
    const next = given.length === 0 && waiting === undefined ? childOf(program, command, word) : undefined;
    if (waiting !== undefined) waiting = undefined;
    else if (option) waiting = option.required || option.optional ? valueName(option.flags) : undefined;
    else if (next) command = next;
    else if (!word.startsWith("-")) given.push(word);
  }
  const found = await candidates(program, command, { begun, given, waiting, folder });
  return [...new Set(found)].filter((word) => word.startsWith(begun)).sort();
}

interface Place {
  readonly begun: string;
  /** The command's own arguments so far. */
  readonly given: readonly string[];
  /** The value that a flag asks for. */
  readonly waiting: string | undefined;
  readonly folder: string;
}

async function candidates(program: Command, command: Command, place: Place): Promise<readonly string[]> {
  const { begun, given, waiting, folder } = place;
  const valuesOf = (name: string) => (VALUES[`${command.name()} ${name}`] ?? VALUES[name])?.(given, folder) ?? [];
  if (waiting !== undefined) return valuesOf(waiting);
  if (begun.startsWith("-")) return optionsOf(command, program).flatMap(({ long }) => (long ? [long] : []));
  // A hidden command has no summary.
  const commands = command.commands.flatMap((one) => (one.summary() === "" ? [] : [one.name(), ...one.aliases()]));
  const known = command.registeredArguments;
  const argument = known[given.length] ?? known.findLast(({ variadic }) => variadic);
  return [...(given.length === 0 ? commands : []), ...(argument ? await valuesOf(argument.name()) : [])];
}

/** Also `plug vars`, which is `vars`, and `plug list`, which is `plugs`. */
function childOf(program: Command, command: Command, word: string): Command | undefined {
  const other = command.name() === "plug" ? { vars: "vars", list: "plugs" }[word] : undefined;
  const [group, name] = other === undefined ? [command, word] : [program, other];
  return group.commands.find((one) => one.name() === name || one.aliases().includes(name));
}

const optionsOf = (command: Command, program: Command) => [...command.options, ...program.options];

/** `plug` of `--plug <plug>`. */
const valueName = (flags: string): string => /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? "";
