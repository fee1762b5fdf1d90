import { type FollowState, followChanges } from "../client/index.ts";
import type { ChangeTopic } from "../contract/index.ts";
import { CliError } from "./cli-error.ts";
import type { CommandContext } from "./command-context.ts";
import { EXIT } from "./exit-codes.ts";
import { oneAtATime } from "./one-at-a-time.ts";

/**
 * Calls the work of a topic whenever the hub says that something changed there, and after every reconnect, because
 * changes may have been missed. Ends with Ctrl-C.
 *
 * @throws CliError when the hub refuses us; whatever the work throws
 */
export async function followHub(
  context: CommandContext,
  work: Partial<Record<ChangeTopic, () => Promise<void>>>,
  onOpen: () => void = () => undefined,
): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([context.terminal.signal, ending.signal]);
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    ending.abort();
  };
  const asks = new Map(Object.entries(work).map(([topic, act]) => [topic, oneAtATime(act, fail)]));
  let refused = false;
  const onState = (state: FollowState) => {
    if (state === "refused") refused = true;
    if (state === "reconnecting" && !signal.aborted) context.note("The hub is away; trying again.");
    if (state !== "open") return;
    onOpen();
    for (const ask of asks.values()) ask();
  };
  await followChanges(context.client, { signal, onState, onChange: ({ topic }) => asks.get(topic)?.() });
  if (failure) throw failure.error;
  if (refused) throw new CliError("The hub does not let this key listen.", { exitCode: EXIT.auth });
}
