import { z } from "zod";
import { createTestDatabase } from "../../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../../tests/support/http-hub.ts";
import { bearer, fromVar, none, plug, tokenExchange } from "../../index.ts";
import { json, localServer } from "../../plugs/testing/local-server.ts";

/** The default tenant's credential; `acme` has another. */
export const TOKEN = "tok_of_the_default_tenant";
export const ACME_TOKEN = "tok_of_acme_itself";

const Product = z.object({
  id: z.string(),
  price: z.number(),
  state: z.enum(["open", "sold"]),
  note: z.string().nullable(),
});

export interface DebugHub {
  readonly hub: HttpHub;
  readonly server: Awaited<ReturnType<typeof localServer>>;
  /** What the debugger answers; the parsed body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it; `send` of the hub checks it against the contract
  send(body: Record<string, unknown>, plug?: string, who?: string): Promise<any>;
  stop(): Promise<void>;
}

/** A hub with plugs that reach a peer with many moods. */
export async function startDebugHub(): Promise<DebugHub> {
  const database = await createTestDatabase();
  const server = await localServer((request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    switch (pathname) {
      case "/api/products":
        return json(response, 200, {
          items: [
            { id: 1, price: "9", state: "lost", colour: "red" },
            { id: "b", price: 1, state: "open", note: null },
          ],
        });
      case "/api/odd":
        return json(response, 418, { error: "teapot" });
      case "/api/broken":
        response.writeHead(200, { "content-type": "application/json" });
        return void response.end("{oops");
      case "/api/text":
        response.writeHead(200, { "content-type": "text/plain" });
        return void response.end(`hello ${request.headers.authorization}`);
      case "/api/bytes":
        response.writeHead(200, { "content-type": "application/octet-stream" });
        return void response.end(Buffer.from([0, 1, 2]));
      case "/api/large":
        return json(response, 200, {
          items: Array.from({ length: 60_000 }, (_, no) => ({ no, text: "x".repeat(12) })),
        });
      case "/api/huge":
        return json(response, 200, { text: "x".repeat(9 * 1024 * 1024) });
      case "/api/reset":
        return void response.destroy();
      case "/api/busy":
        return json(response, 503, { error: "busy" }, { "retry-after": "0" });
      case "/api/slack":
        return json(response, 200, { ok: false, error: "channel_not_found" });
      case "/api/empty":
        return void response.writeHead(204).end();
      case "/api/token":
        return json(response, 400, { error: "invalid_client" });
      case "/api/new-key":
        return json(response, 201, { secret: "whsec_shown_once" });
      default:
        return json(response, 200, {
          method: request.method,
          url: request.url,
          body: request.body,
          headers: request.headers,
        });
    }
  });
  const vars = [
    { key: "token", type: "password", required: true },
    { key: "region", type: "text", defaultValue: "eu" },
  ] as const;
  const shop = plug({
    name: "shop",
    label: "The shop",
    baseUrl: `${server.url}/api`,
    vars,
    auth: bearer(fromVar("token")),
    retry: { attempts: 5, baseMs: 1 },
    endpoints: {
      listProducts: {
        method: "GET",
        path: "/products",
        summary: "All products",
        query: z.object({
          limit: z.coerce.number().int().min(1).max(50).default(10),
          state: Product.shape.state.optional(),
        }),
        responses: { 200: z.object({ items: z.array(Product) }) },
      },
      getOdd: { method: "GET", path: "/odd", responses: { 200: Product } },
      updateProduct: {
        method: "PATCH",
        path: "/products/:id/:part",
        params: z.object({ id: z.string(), part: z.enum(["price", "note"]) }),
        body: z.object({ price: z.number().positive() }),
        responses: { 200: z.unknown() },
      },
      createCharge: {
        method: "POST",
        path: "/charges",
        bodyType: "form",
        body: z.object({ amount: z.number(), meta: z.object({ order: z.string() }) }),
        responses: { 200: z.unknown() },
      },
    },
    hooks: {
      afterResponse: ({ response, fail }) => {
        const { body } = response;
        if (typeof body === "object" && body !== null && "ok" in body && body.ok === false)
          fail({ code: "slack.channel_not_found", message: "No such channel." });
      },
    },
  });
  const lost = plug({ name: "lost", baseUrl: "http://127.0.0.1:1", auth: none() });
  const steered = plug({
    name: "steered",
    baseUrl: (values) => `https://${values.host}`,
    vars: [{ key: "host", type: "text", required: true }],
  });
  const exchanged = plug({
    name: "exchanged",
    baseUrl: `${server.url}/api`,
    auth: tokenExchange({ url: "token", body: () => ({ a: 1 }) }),
  });
  const hub = createHttpHub(database.url, { plugs: [shop, lost, steered, exchanged].map((one) => ({ plug: one })) });
  await hub.khotan.ready();
  await hub.send("admin", "POST", "/variables/shop", { body: { token: TOKEN } });
  await hub.send("admin", "POST", "/variables/shop?tenant=acme", { body: { token: ACME_TOKEN } });
  return {
    hub,
    server,
    send: async (body, name = "shop", who = "operator") =>
      (await hub.send(who, "POST", `/debug/${name}`, { body })).json,
    async stop() {
      await hub.stop();
      await server[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}
