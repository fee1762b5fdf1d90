import type { Command } from "commander";
import { expect, it } from "vitest";
import { createProgram } from "./run-cli.ts";
import { processTerminal } from "./terminal.ts";

/** Every command, hidden ones left out. */
const all = (command: Command): Command[] =>
  command.commands.filter((one) => one.summary() !== "").flatMap((one) => [one, ...all(one)]);

const commands = all(createProgram(processTerminal()));
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}`.trim() : "khotan";

it.each(commands.map((command) => [nameOf(command), command] as const))(
  "%s teaches with an example that names it",
  (name, command) => {
    const [, example = ""] = /Example: (.+)$/s.exec(command.description()) ?? [];
    expect(example).toContain("khotan ");
    // A group's example may be of one of its commands, and `list` may be left out.
    const [, first = ""] = name.split(" ");
    expect(example).toContain(first);
  },
);

it("has every command that is promised", () => {
  const names = commands.map(nameOf);
  const wanted = [
    ...["init", "add", "generate", "migrate", "doctor", "completion", "login", "plugs", "plug", "vars", "wires"],
    ...[
      "flows list",
      "flows trigger",
      "flows runs",
      "runs list",
      "runs show",
      "runs logs",
      "runs cancel",
      "runs retry",
    ],
    ...["events list", "events show", "events replay", "mappings", "tail", "open", "listen", "trigger"],
  ];
  expect(wanted.filter((name) => !names.includes(`khotan ${name}`))).toEqual([]);
});
