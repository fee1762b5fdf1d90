import type { Engine } from "../context.ts";
import type { AnyPlug, RecordedExchange, VarRecord } from "../plugs/index.ts";
import { type ConnectionSecrets, connectionSecrets, secretValues } from "./connection-secrets.ts";
import { hasFailed } from "./exchange-buffer.ts";

export interface RecordedConnection {
  readonly plug: AnyPlug;
  readonly source: RecordedExchange["source"];
  /** The variables as they are now: a call may have stored a fresh token. */
  readonly vars: () => VarRecord;
  /** Further secret values that may come up in a call, such as the wire's. */
  readonly secrets: readonly string[];
}

/**
 * What a binding gives as `onExchange`; `undefined` when nothing of it is kept, so that the client need not watch.
 *
 * `exchanges: { sample }` is about calls of runs: that share of those that went well is kept, and all that failed.
 */
export function recordingOf(
  engine: Pick<Engine, "exchanges">,
  connection: RecordedConnection,
  random: () => number = Math.random,
): ((exchange: RecordedExchange) => string | null) | undefined {
  const { plug, source } = connection;
  const share = source === "run" ? plug.exchangeSample : 1;
  if (share <= 0) return undefined;
  const secretsNow = secretsOf(connection);
  return (exchange) => {
    if (share < 1 && !hasFailed(exchange) && random() >= share) return null;
    return engine.exchanges.record(exchange, secretsNow());
  };
}

/** Compiled again only when the variables changed. */
export function secretsOf({ plug, vars, secrets }: Omit<RecordedConnection, "source">): () => ConnectionSecrets {
  let known: { readonly vars: VarRecord; readonly secrets: ConnectionSecrets } | null = null;
  return () => {
    const now = vars();
    if (known?.vars !== now)
      known = { vars: now, secrets: connectionSecrets([...secretValues(plug.fields, now), ...secrets]) };
    return known.secrets;
  };
}
