import { newUuid } from "../contract/index.ts";
import { readDeclaredAlerts } from "./alerts/declared-alerts.ts";
import { createCaches } from "./caches/caches.ts";
import { createListener } from "./changes/listener.ts";
import { createPublisher } from "./changes/publisher.ts";
import { systemClock } from "./clock.ts";
import { type KhotanOptions, resolveSettings } from "./config.ts";
import { createConnectionVars } from "./connections/connection-vars.ts";
import { createRenewals } from "./connections/renewals.ts";
import type { Engine } from "./context.ts";
import { createGatekeeper } from "./deliveries/gates/gatekeeper.ts";
import { describeError } from "./describe-error.ts";
import { createExchangeRecorder } from "./exchanges/record-exchanges.ts";
import { createFieldMappings } from "./field-mappings/field-mappings.ts";
import { createLimiters } from "./limits/limiters.ts";
import { postgresBank } from "./limits/postgres-bank.ts";
import { createLogger } from "./logger.ts";
import { createMetrics } from "./observe/metrics/metrics.ts";
import { readDefinitions } from "./registry/definitions.ts";
import { createRegistry, type Registry } from "./registry/registry.ts";
import { createMappings } from "./resources/mappings.ts";
import { createNetworkGuard, parseAllowedNetworks } from "./security/network-guard.ts";
import { lazySecretBox } from "./vars/lazy-secret-box.ts";
import { createWireStore } from "./wires/wire-store.ts";

/** Build what every part of the engine shares. Touches neither database nor network. @throws KhotanConfigError */
export function createEngine(options: KhotanOptions): Engine {
  const settings = resolveSettings(options);
  const { adapter, hooks = {}, authorize = null, people = null, clock = systemClock } = options;
  const log = createLogger(settings.debug === "1");
  const secrets = lazySecretBox(settings);
  const guard = createNetworkGuard({ allow: parseAllowedNetworks(settings.allowPrivateNetwork) });
  const publisher = createPublisher(adapter);
  const processId = newUuid();
  const listener = createListener(adapter.url, processId, (error) =>
    log.warn({ error: describeError(error) }, "a listener failed"),
  );
  const definitions = readDefinitions(options.plugs, () => registry);
  const connectionVars = createConnectionVars({ adapter, secrets, plugOf: (name) => definitions.get(name)?.plug });
  const registry: Registry = createRegistry(adapter, definitions);
  return {
    settings,
    adapter,
    registry,
    mappings: createMappings({ adapter, publisher }, options.resources),
    fieldMappings: createFieldMappings({ adapter }, options.fieldMappings),
    caches: createCaches({ adapter, clock, publisher }, options.caches),
    clock,
    log,
    publisher,
    listener,
    guard,
    connectionVars,
    renewals: createRenewals({ adapter, secrets, connectionVars, listener, log }),
    limiters: createLimiters({
      bank: postgresBank(adapter, publisher),
      onTrouble: (error) => log.warn({ error: describeError(error) }, "a limit could not be asked for"),
    }),
    gates: createGatekeeper({ adapter, registry, publisher, log, processId }),
    wires: createWireStore(adapter, secrets),
    metrics: createMetrics(),
    declaredAlerts: readDeclaredAlerts(options.alerts),
    exchanges: createExchangeRecorder({ adapter, log, publisher }),
    hooks,
    authorize,
    people,
    processId,
    secrets,
  };
}
