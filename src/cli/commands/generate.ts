import { CliError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";

/** `khotan generate`: generated files, made anew. */
export const generateCommands: CommandGroup = (program, terminal) => {
  program
    .command("generate")
    .option("--check", "change nothing; exit code 1 when something is out of date")
    .summary("refresh generated files, and leave edited ones alone")
    .description(
      "Makes anew what Khotan generated: plugs from OpenAPI documents, pages, skills. A file that you edited is your own and is never touched; khotan.generated.json knows which.\n\nExample: khotan generate --check",
    )
    .action(async (options: { check?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const [{ readApp }, { refresh }, { makeAgain }, { refreshGuide }] = await Promise.all([
        import("../add/read-app.ts"),
        import("../generate/refresh.ts"),
        import("../generate/make-again.ts"),
        import("../generate/refresh-guide.ts"),
      ]);
      const app = await readApp(terminal.cwd);
      const dryRun = options.check === true;
      const files = await refresh(terminal.cwd, (origin, path) => makeAgain(app, origin, path, terminal.signal), {
        dryRun,
      });
      const guide = await refreshGuide(app, { dryRun });
      if (guide) files.push(guide);
      context.show({ files }, () => {
        for (const { path, state, message } of files) {
          context.line(
            `${(dryRun && state === "refreshed" ? "outdated" : state).padEnd(9)} ${path}${message ? `: ${message}` : ""}`,
          );
        }
        if (files.length === 0) context.note("Nothing here was generated.");
      });
      const count = (state: string) => files.filter((file) => file.state === state).length;
      if (count("failed") > 0) throw new CliError("Not everything could be made anew.");
      if (dryRun && count("refreshed") > 0)
        throw new CliError("Something is out of date.", { hint: "khotan generate" });
    });
};
