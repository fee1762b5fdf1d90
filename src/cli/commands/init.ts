import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { refuseReserved } from "../find-plug.ts";
import { INTEGRATIONS } from "../scaffold/integration-files.ts";
import { planInit } from "../scaffold/plan-init.ts";
import { agree } from "./vars.ts";

/** `khotan init` and `khotan add`: files for an app. What is there is never written to. */
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

  program
    .command("add")
    .argument("<kind>", `of ${Object.keys(INTEGRATIONS).join(", ")}`)
    .argument("<name>", "lower-case letters, digits and -")
    .option("--plug <plug>", "the plug it belongs to, or goes to")
    .summary("write a plug, wire, handler, flow or cache to begin with")
    .description(
      "Writes a small file and prints how to register it.\n\nExample: khotan add catch keep-orders --plug shop",
    )
    .action(async (kind: string, name: string, options: { plug?: string }, command) => {
      const context = await openContext(command, terminal);
      const make = Object.hasOwn(INTEGRATIONS, kind) ? INTEGRATIONS[kind] : undefined;
      if (!make) {
        const near = closest(kind, Object.keys(INTEGRATIONS));
        throw usageError(
          `"${kind}" cannot be added.`,
          near ? `Did you mean "${near}"?` : `Of ${Object.keys(INTEGRATIONS).join(", ")}`,
        );
      }
      // These two stand alone.
      const plug = options.plug ?? (kind === "plug" || kind === "cache" ? name : undefined);
      if (plug === undefined) throw usageError(`Which plug is the ${kind} for?`, "Add --plug and its name.");
      for (const one of [name, plug]) {
        if (!/^[a-z][a-z0-9-]{0,61}$/.test(one))
          throw usageError(`"${one}" is no name.`, "Lower-case letters, digits and -, at most 62.");
      }
      if (kind === "plug") refuseReserved(name);
      const file = make(name, plug);
      const path = join(await outputDir(terminal.cwd), file.path);
      await writeNew(join(terminal.cwd, path), file.text);
      context.show({ path, next: file.next }, () => context.line(path));
      if (!context.json) context.note(file.next);
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

/** Read, not run: a config may import what is not installed yet. */
async function outputDir(folder: string): Promise<string> {
  const text = await readFile(join(folder, "khotan.config.ts"), "utf8").catch(() => "");
  return /outputDir\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1] ?? "src/khotan";
}
