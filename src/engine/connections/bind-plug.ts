import type { ExchangeSource } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { type ConnectionSecrets, collectSecrets, secretValues } from "../exchanges/connection-secrets.ts";
import { recordingOf } from "../exchanges/recording-of.ts";
import type { AttemptTrace } from "../observe/attempt.ts";
import { observeHop } from "../observe/hop.ts";
import type { AnyBoundPlug, RecordedExchange } from "../plugs/index.ts";
import type { PlugBinding, PlugLimiter } from "../plugs/plug-binding.ts";

export interface BindOptions {
  readonly source: ExchangeSource;
  readonly runId?: string;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
  /** The trace its calls belong to. Default: the one that is active when a call is made. */
  readonly trace?: AttemptTrace;
  /** Answers every call instead of the network; variables are not stored, limits and figures not touched. */
  readonly answer?: PlugBinding["answer"];
  /** Told of every call beside the record that is kept of it; `id` is where, or `null`. */
  readonly onExchange?: (exchange: RecordedExchange, id: string | null) => void;
}

const UNLIMITED: PlugLimiter = { acquire: async () => () => undefined, penalise: () => undefined };

export interface BoundConnection {
  readonly plug: AnyBoundPlug;
  readonly vars: Readonly<Record<string, string | number | boolean>>;
  /** What hides its secrets, fresh tokens included. */
  readonly secrets: () => ConnectionSecrets;
}

/**
 * Give a plug the credentials of one connection.
 *
 * @throws KhotanError `plug_not_found`, `tenant_not_found`, `secret_key_missing`.
 */
export async function bindPlug(
  engine: Engine,
  name: string,
  tenant: string,
  options: BindOptions,
): Promise<BoundConnection> {
  const { plug, wire } = engine.registry.plug(name);
  const vars = await engine.connectionVars.read(name, tenant, plug.fields);
  if (vars === null) {
    throw new KhotanError("tenant_not_found", `"${name}" has no connection for tenant "${tenant}".`, {
      hint: `Set its variables first: POST ${engine.settings.basePath}/variables/${name}?tenant=${tenant}`,
    });
  }
  const connected = wire && (await engine.wires.connected(name, tenant).catch(() => null));
  const fixed = connected ? secretValues(wire.vars, connected.vars) : [];
  const secrets = collectSecrets(plug.fields, vars, fixed);
  const record = recordingOf(engine, plug, options.source, secrets);
  const told = options.onExchange ?? (() => undefined);
  const bound = plug.bind({
    tenant,
    vars,
    guard: engine.guard,
    source: options.source,
    signal: options.signal,
    idempotencyKey: options.idempotencyKey,
    runId: options.runId,
    onExchange: record && ((exchange) => told(exchange, record(exchange))),
    ...(options.answer
      ? { answer: options.answer, limiter: UNLIMITED }
      : {
          limiter: engine.limiters.of(plug, tenant),
          watchHop: (hop) => observeHop(engine, hop, options.trace ?? null),
          setVars: async (patch) => {
            secrets.learn(patch);
            await engine.connectionVars.write({ plug: name, tenant, fields: plug.fields, patch, actor: null });
          },
          renewVars: async (renewal) => {
            const renewed = await engine.renewals.renew(plug, tenant, renewal);
            secrets.learn(renewed);
            return renewed;
          },
        }),
  });
  return { plug: bound, vars, secrets };
}
