// A hub with one plug and trivial handlers, as one process would run it: what `bench/handling.ts` measures. The engine is
// the product's; only Next and the public server are missing, which handle nothing.
// Told by message: "stop". Says "ready" first, then when handlers begin: { lag: milliseconds since the event's arrival }.
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { newUuid } from "../../src/contract/index.ts";
import { healPool } from "../../src/engine/database/heal-pool.ts";
import { drizzleAdapter, khotan } from "../../src/engine/factory.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../../src/engine/index.ts";
import { fastLane } from "../../src/server/http/fast-lane.ts";
import { listen } from "../../src/server/http/listen.ts";
import { trackOpenRequests } from "../../src/server/http/open-requests.ts";
import { publicServer } from "../../src/server/http/public-server.ts";
import { setHubInstance } from "../../src/server/hub-instance.ts";
import { WIRE_SECRET } from "./product.ts";

const url = process.env.DATABASE_URL ?? "";
const role = process.env.KHOTAN_ROLE === "web" ? "web" : "worker";
const lags: number[] = [];

const pool = new pg.Pool({ connectionString: url, max: 9 });
healPool(pool);
const github = {
  plug: plug({ name: "github", baseUrl: "https://source.example", auth: none() }),
  wires: [wire({ verify: githubSignature() })],
  catches: [
    catchEvent({
      name: "nothing",
      run: async (ctx) => {
        lags.push(Date.now() - ctx.receivedAt.getTime());
      },
    }),
  ],
};
const hub = khotan({
  adapter: drizzleAdapter(drizzle(pool), { url }),
  secret: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  authorize: () => true,
  role,
  plugs: [github],
});
await hub.ready();
if (role === "worker") await hub.start();
const server = publicServer({ role: "all", api: (...args) => lane(...args), page: () => undefined });
const lane = fastLane(trackOpenRequests(server));
setHubInstance(hub);
const connect = {
  method: "POST",
  headers: { "content-type": "application/json", "idempotency-key": newUuid() },
  body: JSON.stringify({ vars: { webhookSecret: WIRE_SECRET } }),
};
await hub.handler(new Request("http://127.0.0.1/api/khotan/wires/github", connect));
const port = await listen(server, 0, "127.0.0.1");

process.on("message", (told) => {
  if (told === "lags") process.send?.({ lags: lags.splice(0) });
  if (told === "stop") void hub.stop().finally(() => process.exit());
});
process.on("disconnect", () => process.exit());
process.send?.({ port });
