import type { Engine } from "../context.ts";
import type { AnyPlug, RecordedExchange } from "../plugs/index.ts";
import type { ConnectionSecrets } from "./connection-secrets.ts";
import { hasFailed } from "./exchange-buffer.ts";

/**
 * What keeps the calls of a binding; `undefined` when nothing of it is kept, so that the client need not watch.
 *
 * A plug's `exchanges: { sample }` is about calls of runs: that share of those that went well is kept, and all that failed.
 *
 * @returns a function that gives the id an exchange is kept under, or `null`.
 */
export function recordingOf(
  engine: Pick<Engine, "exchanges">,
  plug: Pick<AnyPlug, "exchangeSample">,
  source: RecordedExchange["source"],
  secrets: () => ConnectionSecrets,
  random: () => number = Math.random,
): ((exchange: RecordedExchange) => string | null) | undefined {
  const share = source === "run" ? plug.exchangeSample : 1;
  if (share <= 0) return undefined;
  return (exchange) => {
    if (share < 1 && !hasFailed(exchange) && random() >= share) return null;
    return engine.exchanges.record(exchange, secrets);
  };
}
