import { readAppEnvironment } from "../app-environment.ts";
import { usageError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { agree } from "./vars.ts";

interface MigrateOptions {
  readonly databaseUrl?: string;
  readonly plan?: boolean;
  readonly push?: boolean;
  readonly yes?: boolean;
}

/** `khotan migrate`: Khotan's own tables, without starting the app. */
export const migrateCommands: CommandGroup = (program, terminal) => {
  program
    .command("migrate")
    .option("--database-url <url>", "default: DATABASE_URL, also of .env.local and .env")
    .option("--plan", "print the SQL that is pending, and change nothing")
    .option("--push", "make the tables anew and lose what is in them; only for throwaway databases of this machine")
    .option("-y, --yes", "do not ask, with --push")
    .summary("bring Khotan's tables up to date")
    .description(
      "Applies Khotan's pending migrations in one transaction, one process at a time. An app does this by itself when it starts. With --push the tables are dropped first; a database on another machine, or one with events in it whose name has neither test nor tmp in it, is refused.\n\nExample: khotan migrate --plan > pending.sql",
    )
    .action(async (options: MigrateOptions, command) => {
      const context = await openContext(command, terminal);
      const app = await readAppEnvironment(terminal.cwd);
      const url = options.databaseUrl ?? (terminal.env.DATABASE_URL || undefined) ?? app.DATABASE_URL;
      if (!url)
        throw usageError(
          "Which database?",
          "Set DATABASE_URL, or give --database-url. An embedded one is migrated by the app when it starts.",
        );
      // Loaded only here: the other commands need no database driver.
      const { migrateDatabase, pendingMigrations, pushDatabase } = await import("khotan/factory");
      if (options.plan) {
        const pending = await pendingMigrations(url);
        return context.show(pending, () => {
          for (const { tag, statements } of pending) context.line(`-- ${tag}\n${statements.join("\n")}\n`);
          context.note(pending.length === 0 ? "Nothing is pending." : `${pending.length} pending`);
        });
      }
      if (options.push) await agree(context, "Drop all of Khotan's tables in this database?", options.yes === true);
      const applied = await (options.push ? pushDatabase(url) : migrateDatabase(url));
      context.show({ applied }, () => {
        for (const tag of applied) context.line(tag);
        context.note(applied.length === 0 ? "Up to date." : `${applied.length} applied`);
      });
    });
};
