import type { Command } from "commander";
import { usageError } from "../cli-error.ts";
import type { CommandGroup } from "../command-context.ts";

const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_khotan() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(khotan complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _khotan khotan
`,
  zsh: `#compdef khotan
_khotan() {
  local -a found
  found=("\${(@f)$(khotan complete -- "\${(@)words[2,CURRENT]}")}")
  compadd -a found
}
compdef _khotan khotan
`,
  fish: `complete -c khotan -f -a "(khotan complete -- (commandline -opc)[2..] (commandline -ct))"
`,
};

/** `khotan completion <shell>`, and the hidden command that its scripts call. */
export const completionCommands: CommandGroup = (program, terminal) => {
  program
    .command("completion")
    .argument("<shell>", "bash, zsh or fish")
    .summary("a script for your shell's completion")
    .description("Prints a completion script.\n\nExample: source <(khotan completion bash)")
    .action((shell: string) => {
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
      if (script === undefined) throw usageError(`There is no completion for "${shell}".`, "Of bash, zsh, fish");
      terminal.out(script);
    });

  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action((words: readonly string[]) =>
      terminal.out(
        completions(program, words)
          .map((word) => `${word}\n`)
          .join(""),
      ),
    );
};

/** What may stand in place of the last word. */
export function completions(program: Command, words: readonly string[]): string[] {
  const begun = words.at(-1) ?? "";
  let command = program;
  for (const word of words.slice(0, -1)) {
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next) command = next;
  }
  const flags = [...command.options, ...program.options].flatMap(({ long }) => (long ? [long] : []));
  // A hidden command has no summary.
  const names = command.commands.flatMap((one) => (one.summary() === "" ? [] : [one.name(), ...one.aliases()]));
  return [...new Set(begun.startsWith("-") ? flags : names)].filter((word) => word.startsWith(begun)).sort();
}
