import { kindOfId } from "../../contract/index.ts";
import { usageError } from "../cli-error.ts";
import { type CommandGroup, openContext } from "../command-context.ts";
import { findHubPage } from "../scaffold/find-hub-page.ts";

/** `khotan open [id]`: the Hub's page of a record. */
export const openCommands: CommandGroup = (program, terminal) => {
  program
    .command("open")
    .argument("[id]", "of an event, run or delivery; without one the Hub itself")
    .option("--hub <path>", "where the app mounts the Hub; default: as the app of this folder does, else /hub")
    .option("--print", "only print the address")
    .summary("open the Hub's page of an id")
    .description("Opens a record in the browser and prints its address.\n\nExample: khotan open run_…")
    .action(async (id: string | undefined, options: { hub?: string; print?: boolean }, command) => {
      const context = await openContext(command, terminal);
      if (id !== undefined && kindOfId(id) === null) {
        throw usageError(`"${id}" is not an id.`, "Ids look like run_… or evt_…");
      }
      const hub = options.hub ?? (await hubPathOf(terminal.cwd));
      const base = `${new URL(context.url).origin}/${hub.replace(/^\/+|\/+$/g, "")}`;
      const address = id === undefined ? base : `${base}/open/${id}`;
      context.show({ url: address }, () => context.line(address));
      if (!options.print && !context.json) terminal.openBrowser(address);
    });
};

const hubPathOf = async (folder: string): Promise<string> =>
  ((await findHubPage(folder, "src/")) ?? (await findHubPage(folder, "")))?.hubPath ?? "/hub";
