import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { planInit } from "../scaffold/plan-init.ts";
import { agree } from "./vars.ts";

/** `khotan init`: files for an app. What is there is never written to. */
export const initCommands: CommandGroup = (program, terminal) => {
  program
    .command("init")
    .option("--dry-run", "only show what would be done")
    .option("--hub", "a page for the Hub too")
    .option("-y, --yes", "do not ask")
    .summary("set Khotan up in the Next app of this folder")
    .description(
      "Shows its plan, then writes the files that are missing. What is there is left alone: what it lacks is printed, and the exit code is 6. Running it again changes nothing.\n\nExample: khotan init --dry-run",
    )
    .action(async (options: { dryRun?: boolean; hub?: boolean; yes?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const plan = await planInit(terminal.cwd, { hub: options.hub === true });
      context.show(plan, () => {
        for (const { path } of plan.create) context.line(`create  ${path}`);
        for (const path of plan.kept) context.line(`keep    ${path}`);
        for (const { about, todo } of plan.manual)
          context.line(`by hand ${about}\n    ${todo.replaceAll("\n", "\n    ")}`);
      });
      if (plan.create.length > 0 && !options.dryRun) {
        await agree(context, `Write ${plan.create.length} files?`, options.yes === true);
        for (const { path, text } of plan.create) await writeNew(join(terminal.cwd, path), text);
        context.note("Next: fill in the variables of .env.example in .env.local, start the app, and: khotan doctor");
      }
      if (plan.manual.length === 0) return;
      throw new CliError(`${plan.manual.length} of the steps are to be done by hand.`, { exitCode: EXIT.manual });
    });
};

/** Written only when there is no such file, whoever else may be writing. */
async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw new CliError(`${path} is there already.`, { hint: "It was left as it is." });
    throw error;
  });
}
