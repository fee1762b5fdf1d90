import { spawn } from "node:child_process";
import { confirm, isCancel } from "@clack/prompts";
import type { Applied } from "../add/apply-plan.ts";
import { CliError, usageError } from "../cli-error.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { failIfManual, tellApplied } from "./add.ts";
import { agree } from "./vars.ts";

interface InitOptions {
  readonly full?: boolean;
  readonly hub?: boolean;
  readonly auth?: boolean;
  readonly skills?: boolean;
  readonly hubPath?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly install?: boolean;
}

/** `khotan init`: everything a Next app needs to hold a hub. */
export const initCommands: CommandGroup = (program, terminal) => {
  program
    .command("init")
    .option("--full", "with the Hub's page, secrets in .env.local and an example to see a first webhook arrive")
    .option("--hub", "with the Hub's page and its sign-in")
    .option("--auth", "with accounts by better-auth, which guard the API and the Hub beside the key")
    .option("--skills", "with AGENTS.md and skills for coding assistants")
    .option("--hub-path <path>", "where that page lives", "/hub")
    .option("--dry-run", "only show what would be done")
    .option("--no-install", "do not install packages, only name them")
    .option("-y, --yes", "do not ask")
    .summary("set Khotan up in the Next app of this folder")
    .description(
      "Looks at what is there, shows its plan and asks; then writes the files that are missing and edits Next's config, instrumentation, a middleware and Drizzle's config through their syntax trees. What cannot be edited safely is printed as an exact step, and the exit code is 6. Running it again changes nothing.\n\nExample: khotan init --full",
    )
    .action(async (options: InitOptions, command) => {
      const context = await openContext(command, terminal);
      // Loaded only here: the other commands need no syntax trees.
      const [{ surveyApp }, { planInit }, { applyPlan }, { installCommand }, { BETTER_AUTH }] = await Promise.all([
        import("../scaffold/survey-app.ts"),
        import("../scaffold/plan-init.ts"),
        import("../add/apply-plan.ts"),
        import("../scaffold/needed-packages.ts"),
        import("../scaffold/account-files.ts"),
      ]);
      const app = await surveyApp(terminal.cwd);
      if (!app)
        throw usageError(
          "This folder has no Next app.",
          "Go to the one whose package.json names next, or: npx create-next-app",
        );
      const { full = false, hub = full, auth = false } = await wishes(context, options);
      const plan = planInit(app, {
        ...{ full, hub, auth, hubPath: pathOf(options.hubPath), skills: options.skills === true },
      });
      const install = installCommand(app, auth || app.auth.ours ? BETTER_AUTH : {});
      const planned = await applyPlan(terminal.cwd, plan, { dryRun: true });
      const changes = planned.created.length + planned.edited.length + (install ? 1 : 0);
      if (options.dryRun || changes === 0) {
        tell(context, planned, install, plan.next);
        return failIfManual(planned);
      }
      if (!context.json) show(context, planned, install);
      await agree(context, "Do this?", options.yes === true);
      const applied = await applyPlan(terminal.cwd, plan, { dryRun: false });
      if (install && options.install !== false) await run(context, install);
      if (context.json) tell(context, applied, install, plan.next);
      else context.note(`Done. Next:\n  ${[...left(install, options), ...plan.next].join("\n  ")}`);
      failIfManual(applied);
    });
};

/** What a person wants who said nothing about it; a script, or who said anything, is not asked. */
async function wishes({ terminal, json }: CommandContext, options: InitOptions): Promise<InitOptions> {
  const { full, hub, auth, yes, dryRun } = options;
  if (!terminal.interactive || json || (full ?? hub ?? auth ?? yes ?? dryRun)) return options;
  const page = await confirm({ message: "With a page that shows the Hub?", initialValue: true });
  const accounts =
    page === true &&
    (await confirm({ message: "Guarded by accounts (better-auth)? Without, by a key.", initialValue: false }));
  if (isCancel(page) || isCancel(accounts)) throw new CliError("Nothing was changed.", { exitCode: EXIT.interrupted });
  return { ...options, hub: page, auth: accounts };
}

const left = (install: readonly string[] | null, { install: wanted }: InitOptions): string[] =>
  install && wanted === false ? [spelled(install)] : [];

/** A range has characters that mean something to shells. */
const spelled = (install: readonly string[]): string =>
  install.map((word) => (/[<>^ ]/.test(word) ? `"${word}"` : word)).join(" ");

function tell(
  context: CommandContext,
  applied: Applied,
  install: readonly string[] | null,
  next: readonly string[],
): void {
  context.show({ ...applied, install: install === null ? null : spelled(install), next }, () =>
    show(context, applied, install),
  );
}

/** A file that is made and then filled is one that is made. */
function show(context: CommandContext, applied: Applied, install: readonly string[] | null): void {
  const { created } = applied;
  const edited = applied.edited.filter((path) => !created.includes(path));
  const kept = applied.kept.filter((path) => !created.includes(path) && !edited.includes(path));
  tellApplied(context, { ...applied, edited, kept });
  if (install) context.line(`run     ${spelled(install)}`);
}

/** @throws CliError when the path is none */
function pathOf(text = "/hub"): string {
  const path = `/${text.replace(/^\/+|\/+$/g, "")}`;
  if (/^(\/[\w.~()@-]+)+$/.test(path)) return path;
  throw usageError(`"${text}" is no path for a page.`, "For example /admin/integrations");
}

/** @throws CliError when it cannot be done */
async function run({ terminal, note }: CommandContext, [program = "", ...args]: readonly string[]): Promise<void> {
  note(`${program} ${args.join(" ")}`);
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(program, args, { cwd: terminal.cwd, stdio: ["ignore", 2, 2], signal: terminal.signal });
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  if (code === 0) return;
  throw new CliError(`${program} could not install the packages.`, {
    hint: `Do it yourself: ${spelled([program, ...args])}`,
  });
}
