import type { Command } from "commander";
import type { Client } from "../client/index.ts";
import { connect, type HubOptions } from "./connect.ts";
import { type Column, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** What a command works with. */
export interface CommandContext {
  readonly client: Client;
  readonly url: string;
  readonly key: string | undefined;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly tenant: string | undefined;
  /** A line on standard output. */
  line(text: string): void;
  /** A line that is no result: it goes to standard error, so that pipes stay clean. */
  note(text: string): void;
  /** The whole answer with `--json`, else what `print` makes of it. */
  show<T>(answer: T, print: (answer: T) => void): void;
  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void;
}

/** @throws CliError when the address of the hub is wrong */
export async function openContext(command: Command, terminal: Terminal): Promise<CommandContext> {
  const options = command.optsWithGlobals<HubOptions>();
  const { client, url, key } = await connect(options, terminal);
  const line = (text: string) => terminal.out(`${text}\n`);
  const json = options.json === true;
  return {
    client,
    url,
    key,
    terminal,
    json,
    tenant: options.tenant,
    line,
    note: (text) => terminal.err(`${text}\n`),
    show: (answer, print) => (json ? line(JSON.stringify(answer, null, 2)) : print(answer)),
    table: (rows, columns) => terminal.out(table(rows, columns, terminal.columns)),
  };
}

/** Adds commands to the program. */
export type CommandGroup = (program: Command, terminal: Terminal) => void;
