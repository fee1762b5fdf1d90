import { KhotanApiError } from "../client/index.ts";
import { CliError, usageError } from "./cli-error.ts";
import { closest } from "./closest.ts";
import type { CommandContext } from "./command-context.ts";
import { EXIT } from "./exit-codes.ts";

/** Words that are commands of `khotan plug`, so they cannot name a plug here. */
export const RESERVED_PLUG_NAMES: readonly string[] = ["vars", "list", "help", "all"];

/** @throws CliError for a word that is a command of its own */
export function refuseReserved(plug: string): void {
  if (!RESERVED_PLUG_NAMES.includes(plug)) return;
  throw usageError(`"${plug}" is a command's word and no plug's name.`, "List the plugs: khotan plugs");
}

/** Does something with a plug; when there is none of that name, says which one was probably meant. */
export async function withPlug<T>(context: CommandContext, plug: string, work: () => Promise<T>): Promise<T> {
  refuseReserved(plug);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KhotanApiError) || error.code !== "plug_not_found") throw error;
    const { items } = await context.client.listPlugs();
    const near = closest(
      plug,
      items.map(({ name }) => name),
    );
    const hint = near === undefined ? "List the plugs: khotan plugs" : `Did you mean "${near}"?`;
    throw new CliError(`There is no plug "${plug}".`, { exitCode: EXIT.notFound, hint });
  }
}
