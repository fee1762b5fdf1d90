import { createTestHub, type TestHub } from "../../../../tests/support/hub.ts";
import type { Principal } from "../../../contract/index.ts";
import type { PlugRegistration } from "../../config.ts";
import { bindPlug } from "../../connections/bind-plug.ts";
import { createHttpApp } from "../../http/app.ts";
import type { AnyBoundPlug } from "../../plugs/index.ts";
import { createBrowser } from "./browser.ts";
import { CLIENT_ID, CLIENT_SECRET } from "./oidc-server.ts";

export const ORIGIN = "http://hub.test";
export const BASE = `${ORIGIN}/api/khotan`;
export const REDIRECT_URI = `${BASE}/oauth/callback`;

const PRINCIPALS: Readonly<Record<string, Principal>> = {
  admin: { id: "key_admin", name: "Ada", role: "admin", tenants: "*" },
  operator: { id: "key_operator", role: "operator", tenants: "*" },
  viewer: { id: "key_viewer", role: "viewer", tenants: "*" },
  acme: { id: "key_acme", role: "admin", tenants: ["acme"] },
};

export interface OAuthHub extends TestHub {
  send(who: string | null, method: string, path: string, options?: SendOptions): Promise<OAuthAnswer>;
  /** Give a tenant the client's credentials. */
  prepare(tenant: string): Promise<void>;
  /** Begin a consent and go through it in a browser, up to the address that leads back. */
  consent(tenant: string, who?: string): Promise<{ readonly callback: URL; readonly cookie: string }>;
  /** All of it. */
  connect(tenant: string): Promise<void>;
  bind(tenant: string, signal?: AbortSignal): Promise<AnyBoundPlug>;
  /** A tenant's variables, decrypted. */
  vars(tenant: string): Promise<Readonly<Record<string, unknown>>>;
  status(tenant: string): Promise<{ status: string; error: { code: string } | null }>;
}

interface SendOptions {
  readonly body?: unknown;
  readonly cookie?: string;
}

export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it
  readonly json: any;
}

/** A hub with one plug that is connected by consent, behind its HTTP handler. */
export async function createOAuthHub(url: string, plugs: readonly PlugRegistration[]): Promise<OAuthHub> {
  const hub = createTestHub(url, {
    plugs,
    authorize: (request) => PRINCIPALS[(request.headers.get("authorization") ?? "").slice("Bearer ".length)] ?? false,
  });
  await hub.runtime.ready();
  const app = createHttpApp(hub.engine, hub.runtime);
  const { plug } = hub.engine.registry.plug("calendar");

  const send: OAuthHub["send"] = async (who, method, path, { body, cookie } = {}) => {
    const headers = {
      ...(who === null ? {} : { authorization: `Bearer ${who}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(cookie === undefined ? {} : { cookie }),
    };
    const target = path.startsWith("http") ? path : BASE + path;
    const json = body === undefined ? undefined : JSON.stringify(body);
    const response = await app.fetch(new Request(target, { method, headers, body: json }));
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === "" ? undefined : JSON.parse(text) };
  };

  const consent: OAuthHub["consent"] = async (tenant, who = "operator") => {
    const path = `/connections/calendar/authorize?tenant=${tenant}`;
    const begun = await send(who, "POST", path, { body: { returnTo: "/plugs/calendar?tab=1" } });
    if (begun.status !== 200) throw new Error(`authorize answered ${begun.status}: ${JSON.stringify(begun.json)}`);
    const callback = await createBrowser().openUntil(begun.json.url, REDIRECT_URI);
    return { callback, cookie: begun.headers.get("set-cookie")?.split(";")[0] ?? "" };
  };

  const prepare = async (tenant: string) => {
    const patch = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
    await hub.engine.connectionVars.write({ plug: "calendar", tenant, fields: plug.fields, patch, actor: null });
  };

  return {
    ...hub,
    send,
    prepare,
    consent,
    async connect(tenant) {
      await prepare(tenant);
      const { callback, cookie } = await consent(tenant);
      const done = await send(null, "GET", callback.href, { cookie });
      if (!done.headers.get("location")?.includes("connect=done")) throw new Error(`not connected: ${done.status}`);
    },
    bind: async (tenant, signal) =>
      (await bindPlug(hub.engine, "calendar", tenant, { source: "run", ...(signal ? { signal } : {}) })).plug,
    vars: async (tenant) => (await hub.engine.connectionVars.read("calendar", tenant, plug.fields)) ?? {},
    async status(tenant) {
      const [row] = await hub.sql`select status, error from khotan_connections where tenant = ${tenant}`;
      return { status: row?.status, error: row?.error };
    },
  };
}
