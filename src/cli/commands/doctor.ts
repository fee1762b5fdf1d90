import { readAppEnvironment } from "../app-environment.ts";
import { CliError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { examineApp } from "../doctor/examine-app.ts";
import { examineEnvironment } from "../doctor/examine-environment.ts";
import { examineHub } from "../doctor/examine-hub.ts";

const SIGN = { ok: "✓", warning: "!", failed: "✗" } as const;

/** `khotan doctor`: what is wrong, and what to do about it. */
export const doctorCommands: CommandGroup = (program, terminal) => {
  program
    .command("doctor")
    .option("--app", "look only at the app in this folder")
    .summary("find out what is wrong, and how to mend it")
    .description(
      "Looks at the app in this folder and at the running hub: versions, middleware, database, migrations, queue, secret, clock, webhook address, wires. Exit code 1 when something failed. Shows no secrets.\n\nExample: khotan doctor --json",
    )
    .action(async (options: { app?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const variables = { ...(await readAppEnvironment(terminal.cwd)), ...set(terminal.env) };
      const findings = [
        ...(await examineApp(terminal.cwd)),
        ...(await examineEnvironment(variables)),
        ...(options.app ? [] : await examineHub(context)),
      ];
      context.show({ ok: findings.every(({ state }) => state !== "failed"), findings }, () => {
        for (const { state, about, message, fix } of findings) {
          context.line(`${SIGN[state]} ${about}: ${message}`);
          if (fix !== undefined) context.line(`    ${fix}`);
        }
      });
      const failed = findings.filter(({ state }) => state === "failed").length;
      if (failed > 0) throw new CliError(failed === 1 ? "One thing is wrong." : `${failed} things are wrong.`);
    });
};

/** What the terminal sets, without what it leaves empty. */
const set = (env: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value));
