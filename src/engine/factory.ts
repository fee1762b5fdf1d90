import { newUuid } from "../contract/index.ts";
import { createListener } from "./changes/listener.ts";
import { createPublisher } from "./changes/publisher.ts";
import { systemClock } from "./clock.ts";
import { type KhotanOptions, resolveSettings } from "./config.ts";
import { createConnectionVars } from "./connections/connection-vars.ts";
import type { Engine } from "./context.ts";
import { createHttpApp } from "./http/app.ts";
import { createLogger } from "./logger.ts";
import { readDefinitions } from "./registry/definitions.ts";
import { createRegistry } from "./registry/registry.ts";
import { createRuntime } from "./runtime.ts";
import { createNetworkGuard } from "./security/network-guard.ts";
import { lazySecretBox } from "./vars/lazy-secret-box.ts";
import { createWireStore } from "./wires/wire-store.ts";

export { drizzleAdapter } from "./database/adapter.ts";
export { toNextJsHandler } from "./http/next-handler.ts";

/** A hub. Make one per app, in `khotan.ts`, and export it. */
export interface Khotan {
  /** Answers everything below the base path. The same for the catch-all route, our server and tests. */
  readonly handler: (request: Request) => Promise<Response>;
  /** Migrate, register and listen; done by itself on the first request. Calling it again waits for the same. */
  ready(): Promise<void>;
  /** Begin to handle deliveries, unless the role is `web`. */
  start(): Promise<void>;
  /** Finish what is under way, hand the rest to others, close connections. */
  stop(): Promise<void>;
}

/**
 * Put a hub together.
 *
 * @example
 * export default khotan({
 *   adapter: drizzleAdapter(db),
 *   plugs: [{ plug: stripe, wires: [stripeWire], catches: [recordInvoices] }],
 *   authorize: (request) => sessionOf(request),
 * });
 * @throws KhotanConfigError naming the path of every mistake.
 */
export function khotan(options: KhotanOptions): Khotan {
  const settings = resolveSettings(options);
  const { adapter, hooks = {}, authorize = null, clock = systemClock } = options;
  const log = createLogger(settings.debug === "1");
  const secrets = lazySecretBox(settings);
  const engine: Engine = {
    settings,
    adapter,
    registry: createRegistry(adapter, readDefinitions(options.plugs)),
    clock,
    log,
    publisher: createPublisher(adapter),
    listener: createListener(adapter.url, (error) => log.warn({ error: String(error) }, "a listener failed")),
    guard: createNetworkGuard(settings.allowPrivateNetwork),
    connectionVars: createConnectionVars({ adapter, secrets }),
    wires: createWireStore(adapter, secrets),
    hooks,
    authorize,
    processId: newUuid(),
    secrets,
  };
  const runtime = createRuntime(engine);
  const app = createHttpApp(engine, runtime);
  return {
    handler: async (request) => await app.fetch(request),
    ready: runtime.ready,
    start: runtime.start,
    stop: runtime.stop,
  };
}
