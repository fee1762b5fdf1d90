import { confirm, isCancel, password } from "@clack/prompts";
import type { VariablesRecord } from "../../contract/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { withPlug } from "../find-plug.ts";

/** `khotan vars list|show|set|clear`, also written `khotan plug vars …`. Secrets come masked from the hub. */
export const varsCommands: CommandGroup = (program, terminal) => {
  const vars = program
    .command("vars")
    .summary("see and set a plug's variables")
    .description(
      "Variables of a connection: tokens, addresses. Secrets are masked.\n\nExample: khotan vars set github token=-",
    );

  vars
    .command("list")
    .summary("which plugs lack what")
    .description("Lists all plugs and the variables they still need.\n\nExample: khotan vars list")
    .action(async (_, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listPlugs({ query: { tenant: context.tenant } });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "PLUG", value: (plug) => plug.name, keep: true },
          { title: "TENANT", value: ({ connection }) => connection.tenant },
          { title: "CONNECTION", value: ({ connection }) => connection.status },
          { title: "MISSING", value: ({ connection }) => connection.missing.join(", ") },
        ]),
      );
    });

  vars
    .command("show")
    .argument("<plug>")
    .summary("the variables of one plug")
    .description("Shows a plug's variables, secrets masked.\n\nExample: khotan vars show github --json")
    .action(async (plug: string, _, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      const answer = await withPlug(context, plug, () => context.client.getVariables({ params: { plug }, query }));
      printVariables(context, answer);
    });

  vars
    .command("set")
    .argument("<plug>")
    .argument("<name=value...>", "`name=-` reads the value from standard input, `name` alone asks for it")
    .summary("set some variables, leave the others")
    .description(
      "Sets variables. A secret on the command line ends up in the shell's history: give name=- or the name alone.\n\nExample: khotan vars set github token=- < token.txt",
    )
    .action(async (plug: string, pairs: readonly string[], _, command) => {
      const context = await openContext(command, terminal);
      await withPlug(context, plug, async () => {
        const before = await context.client.getVariables({ params: { plug }, query: { tenant: context.tenant } });
        const body: Record<string, string | number | boolean> = {};
        for (const pair of pairs) {
          const [key, value] = await readValue(context, pair, pairs.length);
          body[key] = typed(before, key, value);
        }
        const query = { tenant: context.tenant };
        printVariables(context, await context.client.setVariables({ params: { plug }, query, body }));
      });
    });

  vars
    .command("clear")
    .argument("<plug>")
    .argument("[name...]", "only these")
    .option("-y, --yes", "do not ask")
    .summary("clear some or all variables")
    .description("Clears variables; without names all of them.\n\nExample: khotan vars clear github token")
    .action(async (plug: string, names: readonly string[], options: { yes?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const query = { tenant: context.tenant };
      await withPlug(context, plug, async () => {
        if (names.length > 0) {
          const body = Object.fromEntries(names.map((name) => [name, null]));
          return printVariables(context, await context.client.setVariables({ params: { plug }, query, body }));
        }
        await agree(context, `Clear all variables of ${plug}?`, options.yes === true);
        return printVariables(context, await context.client.clearVariables({ params: { plug }, query }));
      });
    });
};

async function readValue(context: CommandContext, pair: string, count: number): Promise<[string, string]> {
  const at = pair.indexOf("=");
  if (at === 0) throw usageError("A variable is written name=value.");
  const key = at < 0 ? pair : pair.slice(0, at);
  const value = at < 0 ? undefined : pair.slice(at + 1);
  if (value === "-") {
    if (count > 1) throw usageError("Standard input can give only one variable.");
    return [key, (await context.terminal.readStdin()).replace(/\r?\n$/, "")];
  }
  if (value !== undefined) return [key, value];
  if (!context.terminal.interactive) throw usageError(`Give a value: ${key}=… or ${key}=- for standard input.`);
  const asked = await password({ message: key });
  if (isCancel(asked)) throw new CliError("Nothing was changed.", { exitCode: EXIT.interrupted });
  return [key, asked];
}

/** As the variable's type wants it; the hub checks the rest. */
function typed({ plug, fields }: VariablesRecord, key: string, value: string): string | number | boolean {
  const field = fields.find((one) => one.key === key);
  if (!field) {
    const near = closest(
      key,
      fields.map((one) => one.key),
    );
    throw usageError(
      `${plug} has no variable "${key}".`,
      near ? `Did you mean "${near}"?` : `See khotan vars show ${plug}`,
    );
  }
  if (field.type === "boolean" && /^(true|false)$/.test(value)) return value === "true";
  if (field.type === "number" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  return value;
}

function printVariables(context: CommandContext, answer: VariablesRecord): void {
  context.show(answer, ({ fields }) =>
    context.table(fields, [
      { title: "VARIABLE", value: (field) => field.key, keep: true },
      { title: "VALUE", value: (field) => (field.value === null ? null : String(field.value)) },
      { title: "NEEDED", value: (field) => (field.required ? "yes" : "") },
      { title: "TYPE", value: (field) => (field.secret ? `${field.type}, secret` : field.type) },
      { title: "ABOUT", value: (field) => field.label },
    ]),
  );
}

/** @throws CliError when nobody can be asked, or somebody says no */
export async function agree(context: CommandContext, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!context.terminal.interactive) throw usageError(question, "Add --yes to do it without being asked.");
  const answer = await confirm({ message: question, initialValue: false });
  if (answer !== true) throw new CliError("Nothing was changed.", { exitCode: EXIT.interrupted });
}
