import { CliError } from "./cli-error.ts";
import { closest } from "./closest.ts";
import type { CommandContext } from "./command-context.ts";
import { EXIT } from "./exit-codes.ts";

/** What a list was narrowed to. */
interface Narrowed {
  readonly plug?: string | undefined;
  /** A name or an id. */
  readonly flow?: string | undefined;
  readonly handler?: string | undefined;
}

/**
 * Of a name that a list or a watch was narrowed to: is there such a thing? Nothing is what a typing mistake looks like,
 * so lists ask when they came back empty, and a watch before it waits.
 *
 * @throws CliError with what was probably meant
 */
export async function refuseUnknown({ client }: CommandContext, { plug, flow, handler }: Narrowed): Promise<void> {
  if (plug !== undefined) {
    const { items } = await client.listPlugs();
    refuse("plug", plug, items);
  }
  if (flow !== undefined) {
    const { items } = await client.listFlows();
    refuse("flow", flow, items);
  }
  if (handler !== undefined) {
    const { items } = await client.listHandlers({ query: { plug } });
    refuse("handler", handler, items);
  }
}

function refuse(
  kind: "plug" | "flow" | "handler",
  given: string,
  known: readonly { id: string; name: string }[],
): void {
  if (known.some(({ id, name }) => id === given || name === given)) return;
  const names = known.map(({ name }) => name);
  const near = closest(given, names);
  const hint = near === undefined ? `Of ${[...new Set(names)].slice(0, 20).join(", ")}` : `Did you mean "${near}"?`;
  throw new CliError(`There is no ${kind} "${given}".`, { exitCode: EXIT.notFound, hint });
}
