import { Hono } from "hono";
import { etag } from "hono/etag";
import { DEMO_CREDENTIALS, type SandboxCredentials } from "./demo-credentials.ts";
import { doorGuard } from "./doors/door-guard.ts";
import { foreignPageGuard, isLocalCaller } from "./doors/loopback-guard.ts";
import { createTokenIssuer } from "./doors/token-issuer.ts";
import { tokenRoute } from "./doors/token-route.ts";
import { controlRoutes } from "./faults/control-routes.ts";
import { faultMiddleware } from "./faults/fault-middleware.ts";
import { createFaults, type Faults, type RateLimit } from "./faults/faults.ts";
import { rateLimit } from "./faults/rate-limit.ts";
import { ApiProblem, problemResponse } from "./http/api-problem.ts";
import { idempotency } from "./http/idempotency.ts";
import { createMessageBoard } from "./http/message-board.ts";
import { createPageChanges } from "./http/page-changes.ts";
import { readBody } from "./http/read-body.ts";
import { customerResource, orderResource, productResource } from "./http/resource.ts";
import { resourceRoutes } from "./http/resource-routes.ts";
import type { SandboxEnv } from "./http/sandbox-env.ts";
import { pageRoutes } from "./page/page-routes.ts";
import { cursorPage } from "./paging/cursor-page.ts";
import { linkPage } from "./paging/link-page.ts";
import { offsetPage } from "./paging/offset-page.ts";
import { seededRandom } from "./seeded-random.ts";
import type { StoreSizes } from "./store/seed-store.ts";
import { createStore, DEFAULT_SIZES, type Store } from "./store/store.ts";
import { createDispatcher, type Dispatcher } from "./webhooks/dispatcher.ts";
import { emitRoute } from "./webhooks/emit-route.ts";
import { createEventLog } from "./webhooks/event-log.ts";
import { eventRoutes } from "./webhooks/event-routes.ts";
import { type StoreEvent, storeEvent } from "./webhooks/store-event.ts";
import { createSubscriptions, type Subscriptions } from "./webhooks/subscriptions.ts";
import { webhookRoutes } from "./webhooks/webhook-routes.ts";

export interface SandboxOptions {
  /** Same seed, same data. Default 1. */
  seed?: number;
  /** How many records to start with. Default 60 products, 240 orders, 80 customers. */
  sizes?: Partial<StoreSizes>;
  /** The clock. Default: the machine's. */
  now?: () => Date;
  /** What clients call it, e.g. `https://shop.example`, for links; default: what the request says. */
  publicUrl?: string;
  /** Default `DEMO_CREDENTIALS`. */
  credentials?: Partial<SandboxCredentials>;
  /** Lifetime of an OAuth token in seconds. Default 300. */
  tokenTtlSeconds?: number;
  /** Default: no limit. */
  rateLimit?: RateLimit;
  /** How long a webhook receiver may take. Default 5,000 ms. */
  webhookTimeoutMs?: number;
  /** Waits before each further attempt. Default 1 s, 5 s, 30 s: four attempts in all. */
  webhookRetryDelaysMs?: readonly number[];
  /** A file that keeps the webhook subscriptions over restarts. Default: they live in memory. */
  stateFile?: string;
}

export interface Sandbox {
  app: Hono<SandboxEnv>;
  store: Store;
  subscriptions: Subscriptions;
  dispatcher: Dispatcher;
  faults: Faults;
  /** Stops sending webhooks and ends open page streams. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1_048_576;
/** Everything that a client of the API may call; each goes through the faults, a door, and the rate limit. */
const API_PATHS = ["/products", "/orders", "/customers", "/webhooks", "/events", "/messages", "/emit"] as const;

/**
 * A small store with an API, for demos and tests. It knows nothing of who calls it.
 *
 * @example
 * const sandbox = createSandbox({ seed: 7 });
 * const answer = await sandbox.app.request("/products?limit=2", { headers: { "x-api-key": "sandbox-key" } });
 * await sandbox.close();
 * @throws Error when `stateFile` exists and cannot be read.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const seed = options.seed ?? 1;
  const tokenTtlSeconds = options.tokenTtlSeconds ?? 300;
  const publicUrl = options.publicUrl?.replace(/\/+$/, "");
  const credentials = { ...DEMO_CREDENTIALS, ...options.credentials };
  const trueNow = options.now ?? (() => new Date());
  const faults = createFaults(options.rateLimit ? { rateLimit: options.rateLimit } : {});
  const now = () => new Date(trueNow().getTime() + (faults.state.clockSkewMs ?? 0));

  const changes = createPageChanges();
  const tokens = createTokenIssuer({ lifetimeSeconds: tokenTtlSeconds, now: trueNow });
  const subscriptions = createSubscriptions({ now, stateFile: options.stateFile });
  const events = createEventLog();
  const dispatcher = createDispatcher({
    subscriptions,
    faults,
    now,
    timeoutMs: options.webhookTimeoutMs ?? 5_000,
    retryDelaysMs: options.webhookRetryDelaysMs ?? [1_000, 5_000, 30_000],
    onChange: changes.notify,
  });
  let watched: { events: StoreEvent[]; deliveries: number } | undefined;
  const store = createStore({
    seed,
    sizes: { ...DEFAULT_SIZES, ...options.sizes },
    now,
    onChange(change) {
      const event = storeEvent(change, now());
      events.add(event);
      const deliveries = dispatcher.publish(event);
      watched?.events.push(event);
      if (watched) watched.deliveries += deliveries.length;
      changes.notify();
    },
  });
  const resources = {
    products: productResource(store),
    orders: orderResource(store),
    customers: customerResource(store),
  };
  const board = createMessageBoard({ now, onChange: changes.notify });

  const app = new Hono<SandboxEnv>();
  app.notFound((c) => problemResponse(c, new ApiProblem(404, "not_found", `No ${c.req.method} ${c.req.path} here.`)));
  app.onError((error, c) => {
    if (error instanceof ApiProblem) return problemResponse(c, error);
    console.error(error);
    return problemResponse(c, new ApiProblem(500, "internal", "The sandbox has a bug; its log says more."));
  });
  app.use(async (c, next) => {
    if (faults.state.clockSkewMs) c.header("date", now().toUTCString());
    await next();
  });
  app.use(foreignPageGuard(publicUrl), readBody(MAX_BODY_BYTES));

  app.get("/health", (c) => c.json({ ok: true }));
  app.route("/_control", controlRoutes(faults, tokens, tokenTtlSeconds));
  app.route("/_page/changes", changes.routes);
  app.route("/", pageRoutes({ store, subscriptions, dispatcher, board, credentials, publicUrl }));

  app.use("/oauth/*", faultMiddleware(faults));
  app.route("/oauth", tokenRoute(credentials, tokens));

  const guard = doorGuard(credentials, tokens);
  for (const path of API_PATHS) {
    app.use(`${path}/*`, faultMiddleware(faults));
    if (path === "/emit") {
      // A person at this machine needs no key to press the button; everybody else comes through a door.
      app.use("/emit/*", async (c, next) => {
        if (!isLocalCaller(c)) return guard(c, next);
        c.set("principal", "local");
        await next();
      });
    } else {
      app.use(`${path}/*`, guard);
    }
    app.use(`${path}/*`, rateLimit(faults, trueNow), idempotency(), etag());
  }
  app.route("/products", resourceRoutes(resources.products, offsetPage));
  app.route("/orders", resourceRoutes(resources.orders, cursorPage));
  app.route("/customers", resourceRoutes(resources.customers, linkPage({ publicUrl })));
  app.route("/webhooks", webhookRoutes(subscriptions, dispatcher, changes.notify));
  app.route("/events", eventRoutes(events));
  app.route("/messages", board.routes);
  const emit = emitRoute(resources, seededRandom(seed * 3 + 4), (act) => {
    const result = { events: [], deliveries: 0 };
    watched = result;
    try {
      act();
    } finally {
      watched = undefined;
    }
    return result;
  });
  app.route("/emit", emit);

  return {
    app,
    store,
    subscriptions,
    dispatcher,
    faults,
    async close() {
      changes.close();
      await dispatcher.close();
    },
  };
}
