import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import type { SandboxCredentials } from "../demo-credentials.ts";
import type { MessageBoard } from "../http/message-board.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import type { Store } from "../store/store.ts";
import type { Dispatcher } from "../webhooks/dispatcher.ts";
import type { Subscriptions } from "../webhooks/subscriptions.ts";
import { activity } from "./activity.ts";
import { homePage } from "./home-page.ts";

const SHOWN = { deliveries: 12, messages: 8 } as const;

/** `/` for people, and `/_page/activity`, its live part. Nothing here is behind a door, and no secret is shown. */
export function pageRoutes(parts: {
  store: Store;
  subscriptions: Subscriptions;
  dispatcher: Dispatcher;
  board: MessageBoard;
  credentials: SandboxCredentials;
  publicUrl: string | undefined;
}): Hono<SandboxEnv> {
  const { store, subscriptions, dispatcher, board, credentials } = parts;
  const view = () => ({
    subscriptions: subscriptions.list(),
    deliveries: dispatcher.log.recent(SHOWN.deliveries),
    messages: board.messages().slice(0, SHOWN.messages),
  });
  const app = new Hono<SandboxEnv>();
  app.get("/_page/activity", (c) => c.html(activity(view())));
  app.get("/", (c) => {
    const nonce = randomBytes(16).toString("base64");
    c.header(
      "content-security-policy",
      `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    c.header("x-content-type-options", "nosniff");
    c.header("cache-control", "no-store");
    const counts = { products: store.products.size, orders: store.orders.size, customers: store.customers.size };
    const url = parts.publicUrl ?? new URL(c.req.url).origin;
    return c.html(homePage({ ...view(), url, credentials, counts, nonce }));
  });
  return app;
}
