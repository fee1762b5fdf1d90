import { usageError } from "../cli-error.ts";
import type { CommandGroup } from "../command-context.ts";
import { completions } from "../completion/completions.ts";
import { SCRIPTS, SHELLS } from "../completion/shell-scripts.ts";

/** `khotan completion <shell>`, and the hidden command that its scripts call. */
export const completionCommands: CommandGroup = (program, terminal) => {
  program
    .command("completion")
    .argument("<shell>", "bash, zsh or fish")
    .summary("a script for your shell's completion")
    .description("Prints a completion script.\n\nExample: source <(khotan completion bash)")
    .action((shell: string) => {
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
      if (script === undefined) throw usageError(`There is no completion for "${shell}".`, `Of ${SHELLS.join(", ")}`);
      terminal.out(script);
    });

  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: readonly string[]) =>
      terminal.out((await completions(program, words, terminal.cwd)).map((word) => `${word}\n`).join("")),
    );
};
