import type { BoundCache } from "./caches/bound-cache.ts";
import type { Cache } from "./caches/cache.ts";
import type { KhotanOptions } from "./config.ts";
import { createEngine } from "./create-engine.ts";
import type { FieldMapping } from "./field-mappings/field-mapping.ts";
import type { OpenFieldMapping } from "./field-mappings/field-mappings.ts";
import { type FlowHandle, flowHandle } from "./flows/flow-handle.ts";
import { createHttpApp } from "./http/app.ts";
import type { Host } from "./http/host.ts";
import type { TakePlainWebhook } from "./http/plain-webhook.ts";
import { onePerProcess } from "./one-per-process.ts";
import type { BoundMapping } from "./resources/bound-mapping.ts";
import type { Resource } from "./resources/resource.ts";
import { createRuntime } from "./runtime.ts";

export type { Authorize, KhotanOptions, LifecycleHooks, PlugRegistration } from "./config.ts";
export { type Adapter, drizzleAdapter } from "./database/adapter.ts";
export { migrateDatabase, pendingMigrations, pushDatabase } from "./database/migrate-database.ts";
export { type OpenDatabase, openDatabase } from "./database/open-database.ts";
export type { FlowHandle, FlowStart, StartedFlow } from "./flows/flow-handle.ts";
export { toNextJsHandler } from "./http/next-handler.ts";
export { type KeyAccess, type KeyAccessOptions, keyAccess } from "./key-access/key-access.ts";
export type { People, PeopleLink, PeoplePage, PeopleQuery } from "./people/people.ts";

/** A hub. Make one per app, in `khotan.ts`, and export it. */
export interface Khotan {
  /** Answers everything below the base path. The same for the catch-all route, our server and tests. */
  readonly handler: (request: Request) => Promise<Response>;
  /** The same for a host that can do something better than a `Response`. */
  readonly answer: (request: Request, host: Host) => Promise<Response>;
  /** The same for a webhook of which a host has not made a `Request` yet; `null` when it has to. */
  readonly webhook: TakePlainWebhook;
  /**
   * A flow of one tenant, to be started by the app's own code.
   *
   * @param options.plug whose flow; needed when several plugs have one of this name. `tenant` is `default` unless said otherwise.
   * @example const run = await khotan.flow("orders", { plug: "shop" }).start({ variant: "full" });
   */
  flow(name: string, options?: { readonly plug?: string; readonly tenant?: string }): FlowHandle;
  /**
   * Identities of a resource's records across plugs, for one tenant (`default` unless said otherwise).
   *
   * @example const product = await khotan.mapping("products").getByRef("shop", 17);
   * @throws KhotanError `not_found` for a resource that is not registered
   */
  mapping<Field extends string = string>(
    resource: string | Resource<Field>,
    options?: { readonly tenant?: string; readonly actor?: string },
  ): BoundMapping<Field>;
  /**
   * A field mapping as it is in force now, for one tenant (`default` unless said otherwise).
   *
   * @example const made = await (await khotan.fieldMapping("products")).apply(records);
   * @throws KhotanError `not_found`
   */
  fieldMapping(mapping: string | FieldMapping, options?: { readonly tenant?: string }): Promise<OpenFieldMapping>;
  /**
   * A cache, for one tenant (`default` unless said otherwise).
   *
   * @example const rate = await khotan.cache(rates).get("EUR");
   * @throws KhotanError `not_found` for a cache that is not registered
   */
  cache<Value = unknown>(cache: string | Cache<Value>, options?: { readonly tenant?: string }): BoundCache<Value>;
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
  return onePerProcess(`${options.adapter.url} ${options.basePath ?? ""}`, () => build(options));
}

function build(options: KhotanOptions): Khotan {
  const engine = createEngine(options);
  const runtime = createRuntime(engine);
  const app = createHttpApp(engine, runtime);
  return {
    handler: async (request) => await app.fetch(request),
    answer: async (request, host) => await app.fetch(request, host),
    webhook: app.webhook,
    flow: (name, which) => flowHandle(engine, runtime, name, which),
    mapping: (resource, options) => engine.mappings.open(resource, options),
    fieldMapping: (mapping, options) => engine.fieldMappings.open(mapping, options?.tenant),
    cache: (cache, options) => engine.caches.open(cache, options?.tenant),
    ready: runtime.ready,
    start: runtime.start,
    async stop() {
      app.close();
      await runtime.stop();
    },
  };
}
