import { Command, CommanderError } from "commander";
import { KhotanApiError } from "../client/index.ts";
import { CliError } from "./cli-error.ts";
import { closest } from "./closest.ts";
import type { CommandGroup } from "./command-context.ts";
import { addCommands } from "./commands/add.ts";
import { completionCommands } from "./commands/completion.ts";
import { deadLettersCommands } from "./commands/dead-letters.ts";
import { doctorCommands } from "./commands/doctor.ts";
import { eventsCommands } from "./commands/events.ts";
import { flowsCommands } from "./commands/flows.ts";
import { generateCommands } from "./commands/generate.ts";
import { initCommands } from "./commands/init.ts";
import { jobsCommands } from "./commands/jobs.ts";
import { listenCommands } from "./commands/listen.ts";
import { loginCommands } from "./commands/login.ts";
import { mappingsCommands } from "./commands/mappings.ts";
import { migrateCommands } from "./commands/migrate.ts";
import { openCommands } from "./commands/open.ts";
import { plugCommands } from "./commands/plug.ts";
import { plugsCommands } from "./commands/plugs.ts";
import { runsCommands } from "./commands/runs.ts";
import { tailCommands } from "./commands/tail.ts";
import { triggerCommands } from "./commands/trigger.ts";
import { varsCommands } from "./commands/vars.ts";
import { wiresCommands } from "./commands/wires.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { refuseUnknownCommand } from "./refuse-unknown-command.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** In the order of `khotan --help`. */
const GROUPS: readonly CommandGroup[] = [
  ...[loginCommands, plugsCommands, plugCommands, varsCommands, wiresCommands, flowsCommands, runsCommands],
  ...[eventsCommands, deadLettersCommands, jobsCommands, mappingsCommands, tailCommands, openCommands],
  ...[
    triggerCommands,
    listenCommands,
    initCommands,
    addCommands,
    generateCommands,
    doctorCommands,
    migrateCommands,
    completionCommands,
  ],
];

const AFTER = `
Exit codes: 0 done · 1 failed · 2 written wrong · 3 not found · 4 no or wrong key · 5 no hub answers · 6 steps left to do by hand · 130 interrupted
Environment: KHOTAN_URL, KHOTAN_API_KEY, KHOTAN_WEBHOOK_SECRET (trigger, listen), DATABASE_URL (migrate)`;

/** All commands, on a terminal. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command("khotan")
    .description("Works with a running Khotan hub.\n\nExample: khotan runs list --status failed --since 1h")
    .version(VERSION)
    .option("--url <url>", "the hub's address; default: KHOTAN_URL, else the login's, else localhost:3000")
    .option("--key <key>", "an API key; better: KHOTAN_API_KEY or khotan login")
    .option("--tenant <tenant>", "whose things; default: the hub's default tenant, lists show all")
    .option("--json", "the whole answer as JSON")
    .addHelpText("after", AFTER);
  for (const add of GROUPS) add(program, terminal);
  const prepare = (command: Command) => {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        writeErr: (text) => terminal.err(text),
        getOutHelpWidth: () => Math.min(100, terminal.columns),
      });
    for (const child of command.commands) prepare(child);
  };
  prepare(program);
  return program;
}

/**
 * Run one command.
 *
 * @param args without the program's own name, e.g. `["runs", "list"]`
 * @returns the exit code, see {@link EXIT}; never throws for what a person did
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const program = createProgram(terminal);
    const words = spelledOut(args);
    refuseUnknownCommand(program, words);
    await program.parseAsync(words, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (terminal.signal.aborted) return EXIT.interrupted;
    if (error instanceof CliError) return tell(terminal, error.message, error.hint, error.exitCode);
    if (error instanceof KhotanApiError) {
      const others = error.issues.filter(({ message }) => !error.message.includes(message));
      const issues = others.map(({ path, message }) => `\n  ${path}: ${message}`).join("");
      return tell(terminal, error.message + issues, hintOf(error), exitCodeOf(error.status));
    }
    return tell(terminal, error instanceof Error ? error.message : String(error), undefined, EXIT.failed);
  }
}

/** `plug vars …` is `vars …`, and `plug list` is `plugs`. */
function spelledOut(args: readonly string[]): string[] {
  const at = args.findIndex((arg) => arg === "plug" || arg === "probe");
  if (at >= 0 && args[at + 1] === "vars") return args.toSpliced(at, 2, "vars");
  if (at >= 0 && args[at + 1] === "list") return args.toSpliced(at, 2, "plugs");
  return [...args];
}

function hintOf(error: KhotanApiError): string | undefined {
  if (error.code === "unreachable") return "Is it running? Name it with --url or KHOTAN_URL, and see: khotan doctor";
  if (error.status === 401) return "Set KHOTAN_API_KEY, or: khotan login";
  const near = nearest(error);
  if (near !== undefined) return `Did you mean "${near}"?`;
  // The API speaks to programs: of fields of its answer, and of routes.
  if (error.hint?.includes("`issues`")) return undefined;
  return error.hint?.replace(/GET \/(runs|events|flows|jobs|mappings|plugs|wires)\b/, "khotan $1");
}

/** Of `There is no resource "custmers".` with the hint `Registered are: customers, orders.` */
function nearest({ message, hint }: KhotanApiError): string | undefined {
  const given = /There is no \w+ "([^"]+)"/.exec(message)?.[1];
  const names = /^Registered are: ([\w, -]+)\./.exec(hint ?? "")?.[1]?.split(", ");
  return given === undefined || names === undefined ? undefined : closest(given, names);
}

function tell(terminal: Terminal, message: string, hint: string | undefined, exitCode: number): number {
  terminal.err(`khotan: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
  return exitCode;
}
