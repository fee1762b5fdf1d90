import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, it } from "vitest";
import { createProgram } from "./run-cli.ts";
import { processTerminal } from "./terminal.ts";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

/** Every command that does something, as it is typed. */
const commandsOf = (command: Command, before = "khotan"): string[] =>
  command.commands
    .filter((one) => one.summary() !== "")
    .flatMap((one) =>
      one.commands.length > 0 ? commandsOf(one, `${before} ${one.name()}`) : [`${before} ${one.name()}`],
    );

it("docs/cli.md knows every command, and no others", () => {
  const commands = commandsOf(createProgram(processTerminal()));
  expect(commands.filter((command) => !page.includes(command))).toEqual([]);
  const named = [...page.matchAll(/`khotan ([a-z]+)(?: ([a-z]+)\b)?/g)];
  const known = new Set([...commands.flatMap((one) => one.split(" ").slice(1)), "probe", "plug", "vars"]);
  expect(named.map(([, name]) => name).filter((name) => name !== undefined && !known.has(name))).toEqual([]);
});

it("the page lists the exit codes that --help lists", () => {
  const rows = [...page.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 130]);
});
