import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { type ApiName, api, type Principal, type RouteDefinition } from "../../src/contract/index.ts";
import { drizzleAdapter, type Khotan, type KhotanOptions, khotan } from "../../src/engine/factory.ts";
import { TEST_SECRET } from "./hub.ts";

export const ORIGIN = "http://hub.test";
export const BASE = `${ORIGIN}/api/khotan`;

/** Who each bearer token is. */
const PRINCIPALS: Readonly<Record<string, Principal>> = {
  admin: { id: "key_admin", name: "Ada", role: "admin", tenants: "*" },
  operator: { id: "key_operator", role: "operator", tenants: "*" },
  viewer: { id: "key_viewer", role: "viewer", tenants: "*" },
  acme: { id: "key_acme", role: "admin", tenants: ["acme"] },
  globex: { id: "key_globex", role: "admin", tenants: ["globex"] },
  both: { id: "key_both", role: "admin", tenants: ["acme", "globex"] },
  nothing: { id: "key_nothing", role: "admin", tenants: [] },
};
export type Who = keyof typeof PRINCIPALS;

export interface HttpHub {
  readonly khotan: Khotan;
  readonly sql: postgres.Sql;
  /** Send a request as somebody; `null` sends no credentials. */
  send(who: Who | null, method: string, path: string, options?: SendOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface SendOptions {
  readonly body?: unknown;
  readonly raw?: BodyInit;
  /** Those that are `undefined` are not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body, checked against the contract when it is a success. */
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it; its shape is checked where it comes from
  readonly json: any;
  readonly response: Response;
}

/** A hub behind its HTTP handler, on a real database. */
export function createHttpHub(url: string, options: Omit<KhotanOptions, "adapter">): HttpHub {
  const sql = postgres(url, { max: 8, onnotice: () => undefined });
  const hub = khotan({
    secret: TEST_SECRET,
    allowPrivateNetwork: "127.0.0.0/8",
    authorize: (request) => {
      const [, token = ""] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
      return PRINCIPALS[token] ?? false;
    },
    ...options,
    adapter: drizzleAdapter(drizzle(sql), { url }),
  });
  return {
    khotan: hub,
    sql,
    async send(who, method, path, { body, raw, headers = {}, signal } = {}) {
      const response = await hub.handler(
        new Request(path.startsWith("http") ? path : BASE + path, {
          method,
          signal,
          headers: sent({
            ...(who === null ? {} : { authorization: `Bearer ${who}` }),
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          }),
          body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
        }),
      );
      const isJson = method !== "HEAD" && response.headers.get("content-type")?.startsWith("application/json") === true;
      const json: unknown = isJson ? await response.json() : undefined;
      if (response.ok && isJson) checkAgainstContract(method, path, response.status, json);
      return { status: response.status, headers: response.headers, json, response };
    },
    async stop() {
      await hub.stop();
      await sql.end({ timeout: 5 });
    },
  };
}

const sent = (headers: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

/** Every success must be what the contract promises; a test that only looks at one field would not notice. */
function checkAgainstContract(method: string, path: string, status: number, json: unknown): void {
  const pathname = path.split("?")[0] ?? "";
  for (const name of Object.keys(api)) {
    const route: RouteDefinition = api[name as ApiName];
    const pattern = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
    if (route.method !== method.toLowerCase() || !pattern.test(pathname)) continue;
    route.responses[status]?.schema?.parse(json);
    return; // the first that fits answers, as in the router
  }
}
