import type { DeclaredAlerts } from "./alerts/declared-alerts.ts";
import type { Caches } from "./caches/caches.ts";
import type { Listener } from "./changes/listener.ts";
import type { Publisher } from "./changes/publisher.ts";
import type { Clock } from "./clock.ts";
import type { Authorize, LifecycleHooks, Settings } from "./config.ts";
import type { ConnectionVarsStore } from "./connections/connection-vars.ts";
import type { Renewals } from "./connections/renewals.ts";
import type { Adapter } from "./database/adapter.ts";
import type { Gatekeeper } from "./deliveries/gates/gatekeeper.ts";
import type { ExchangeRecorder } from "./exchanges/record-exchanges.ts";
import type { FieldMappings } from "./field-mappings/field-mappings.ts";
import type { Limiters } from "./limits/limiters.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./observe/metrics/metrics.ts";
import type { People } from "./people/people.ts";
import type { Registry } from "./registry/registry.ts";
import type { Mappings } from "./resources/mappings.ts";
import type { NetworkGuard } from "./security/network-guard.ts";
import type { SecretBox } from "./security/secret-box.ts";
import type { WireStore } from "./wires/wire-store.ts";

/** What every part of the engine is built from. Made once by the factory. */
export interface Engine {
  readonly settings: Settings;
  readonly adapter: Adapter;
  readonly registry: Registry;
  /** What `ctx.mapping` and `khotan.mapping` are made of. */
  readonly mappings: Mappings;
  /** What `ctx.map` and `khotan.fieldMapping` are made of. */
  readonly fieldMappings: FieldMappings;
  /** What `ctx.cache` and `khotan.cache` are made of. */
  readonly caches: Caches;
  readonly clock: Clock;
  readonly log: Logger;
  readonly publisher: Publisher;
  readonly listener: Listener;
  readonly guard: NetworkGuard;
  readonly connectionVars: ConnectionVarsStore;
  readonly renewals: Renewals;
  readonly limiters: Limiters;
  readonly gates: Gatekeeper;
  readonly wires: WireStore;
  readonly exchanges: ExchangeRecorder;
  readonly metrics: Metrics;
  readonly declaredAlerts: DeclaredAlerts;
  readonly hooks: LifecycleHooks;
  readonly authorize: Authorize | null;
  /** Who may sign in, where the host lets the hub manage that. */
  readonly people: People | null;
  /** This process's id in `khotan_processes`. */
  readonly processId: string;
  /** @throws KhotanError `secret_not_configured` when there is no KHOTAN_SECRET. */
  secrets(): SecretBox;
}
