import type { Applied } from "../add/apply-plan.ts";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";

interface AddOptions {
  readonly plug?: string;
  readonly to?: string;
  readonly baseUrl?: string;
  readonly fromOpenapi?: string;
  readonly fromCurl?: string;
  readonly only?: readonly string[];
  readonly check?: "strict" | "passthrough" | "warn" | "off";
  readonly list?: boolean;
  readonly dryRun?: boolean;
}

const listed = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(",").map((one) => one.trim()),
];

const EXAMPLES = `
Examples:
  khotan add plug acme --base-url https://api.acme.com/v1
  khotan add plug --from-openapi https://api.acme.com/openapi.json --only listOrders,getOrder
  khotan add plug --from-curl 'curl https://api.acme.com/v1/orders -H "Authorization: Bearer …"'
  khotan add wire acme
  khotan add catch keep-orders --plug acme
  khotan add relay orders-to-books --plug acme --to books
  khotan add hub`;

/** `khotan add <kind> [name]`: a small file to begin with, and its line in `khotan.ts`. */
export const addCommands: CommandGroup = (program, terminal) => {
  program
    .command("add")
    .argument("<kind>", "what: see below")
    .argument("[name]", "lower-case letters, digits and -")
    .option("--plug <plug>", "the plug it belongs to; default: the only one")
    .option("--to <plug>", "the plug a pass or a relay goes to; default: the only other one")
    .option("--base-url <url>", "plug: where its API is")
    .option("--from-openapi <file|url>", "plug: written from an OpenAPI 3 document")
    .option("--only <operations>", "of it: these, by operationId or as 'GET /path', with commas between", listed)
    .option("--list", "of it: show the operations, write nothing")
    .option(
      "--check <how>",
      "of it: what happens with answers that do not fit: strict, passthrough, warn or off",
      check,
    )
    .option("--from-curl <command>", "plug: written from a command, as documentation and browsers give it")
    .option("--dry-run", "only show what would be done")
    .summary("add a plug, wire, handler, flow, cache, page or part of the Hub")
    .description(
      "Writes a small file to begin with and registers it in khotan.ts. What is there is left as it is, so running it again changes nothing; what cannot be edited safely is printed, and the exit code is 6.\n\nExample: khotan add plug acme --base-url https://api.acme.com/v1",
    )
    .addHelpText(
      "after",
      () => `\nKinds:\n  plug, wire, catch, pass, inflow, outflow, relay, cache
  hub, schema, auth, cron, skills
  runs-table, events-table, plug-debugger, var-panel, wire-panel, topology-canvas, config-page${EXAMPLES}`,
    )
    .action(async (kind: string, name: string | undefined, options: AddOptions, command) => {
      const context = await openContext(command, terminal);
      // Loaded only here: the other commands need no syntax trees.
      const [{ readApp }, { planAdd, KINDS, operationsIn }, { applyPlan }] = await Promise.all([
        import("../add/read-app.ts"),
        import("../add/plan-add.ts"),
        import("../add/apply-plan.ts"),
      ]);
      if (!KINDS.includes(kind)) {
        const near = closest(kind, KINDS);
        throw usageError(`"${kind}" cannot be added.`, near ? `Did you mean "${near}"?` : `Of ${KINDS.join(", ")}`);
      }
      const isImport = options.fromOpenapi !== undefined || options.fromCurl !== undefined;
      if (isImport && kind !== "plug") throw usageError("Only a plug is written from a document or a command.");
      if (options.fromOpenapi !== undefined && options.list) {
        const operations = await operationsIn(options.fromOpenapi, terminal.cwd, terminal.signal);
        return context.show(operations, (rows) =>
          context.table(rows, [
            { title: "OPERATION", value: (row) => row.id, keep: true },
            { title: "METHOD", value: (row) => row.method },
            { title: "PATH", value: (row) => row.path },
            { title: "ABOUT", value: (row) => row.summary },
          ]),
        );
      }
      const app = await readApp(terminal.cwd);
      const plan = await planAdd(app, kind, name, options, terminal.signal);
      const applied = await applyPlan(terminal.cwd, plan, { dryRun: options.dryRun === true });
      context.show({ ...applied, notes: plan.notes ?? [], packages: plan.packages ?? [], next: plan.next }, () => {
        tellApplied(context, applied);
        for (const note of plan.notes ?? []) context.note(`note: ${note}`);
        if (plan.packages?.length) context.note(`These packages are needed: ${plan.packages.join(" ")}`);
        if (plan.next.length > 0) context.note(`Next:\n  ${plan.next.join("\n  ")}`);
      });
      failIfManual(applied);
    });
};

function check(text: string): "strict" | "passthrough" | "warn" | "off" {
  if (text === "strict" || text === "passthrough" || text === "warn" || text === "off") return text;
  throw usageError(`--check is strict, passthrough, warn or off, not "${text}".`);
}

/** A line for each path, then the steps for a person. */
export function tellApplied(context: CommandContext, { created, edited, kept, manual }: Applied): void {
  for (const path of created) context.line(`create  ${path}`);
  for (const path of edited) context.line(`edit    ${path}`);
  for (const path of kept) context.line(`keep    ${path}`);
  for (const { about, todo } of manual) context.line(`by hand ${about}\n    ${todo.replaceAll("\n", "\n    ")}`);
}

/** @throws CliError with exit code 6 when steps are left */
export function failIfManual({ manual }: Pick<Applied, "manual">): void {
  if (manual.length === 0) return;
  const steps = manual.length === 1 ? "One step is" : `${manual.length} steps are`;
  throw new CliError(`${steps} to be done by hand.`, { exitCode: EXIT.manual });
}
