import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createTestHub, type TestHub } from "../../../../../tests/support/hub.ts";
import { newUuid } from "../../../../contract/index.ts";
import { receiveWebhook } from "../../../events/receive-webhook.ts";
import { githubSignature, type Handler, none, type PlugOptions, plug, type WireOptions, wire } from "../../../index.ts";
import { connectWire } from "../../../wires/connect-wire.ts";

export const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = "a-shared-secret";

export interface GateHubOptions {
  readonly catches?: readonly Handler[];
  readonly passes?: readonly Handler[];
  readonly target?: Omit<PlugOptions<readonly [], Record<never, never>>, "name">;
  readonly wire?: Omit<WireOptions, "verify">;
  readonly role?: "all" | "web" | "worker";
  readonly tenants?: readonly string[];
  readonly concurrency?: number;
}

/** A hub with a plug `source`, whose webhooks it takes, and a plug `target`. Several on one database are several processes. */
export async function startGateHub(url: string, options: GateHubOptions): Promise<TestHub> {
  const { catches = [], passes = [], role = "all", tenants = ["default"], concurrency } = options;
  const source = plug({ name: "source", baseUrl: "https://source.example", auth: none() });
  const target = plug({
    baseUrl: "https://target.example",
    ...options.target,
    name: "target",
  });
  const hub = createTestHub(url, {
    role,
    ...(concurrency === undefined ? {} : { concurrency }),
    plugs: [
      { plug: source, wires: [wire({ ...options.wire, verify: githubSignature() })], catches, passes },
      { plug: target },
    ],
  });
  await hub.runtime.ready();
  for (const tenant of tenants) {
    const vars = { webhookSecret: SECRET };
    if (tenant !== "default")
      await hub.engine.connectionVars.write({ plug: "source", tenant, fields: source.fields, patch: {}, actor: null });
    await connectWire(hub.engine, { plug: "source", tenant, vars, origin: "http://hub.test", actor: admin });
  }
  await hub.runtime.start();
  return hub;
}

/** Send a signed event, and wait until it is accepted. @returns the event's id */
export async function send(
  hub: TestHub,
  payload: unknown,
  tenant = "default",
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const request = {
    method: "POST",
    url: "http://hub.test/webhook/source",
    headers: { "content-type": "application/json" },
    body,
  };
  const signed = githubSignature().sign?.(request, SECRET);
  if (!signed) throw new Error("the scheme cannot sign");
  const outcome = await receiveWebhook(hub.engine, hub.runtime.receiver, {
    plug: "source",
    tenant,
    path: "/webhook/source",
    ...signed,
    headers: { ...signed.headers, ...headers, "x-github-event": "push", "x-github-delivery": newUuid() },
  });
  if (outcome.kind !== "accepted") throw new Error(`not accepted: ${outcome.kind}`);
  return outcome.id;
}

export interface Destination {
  readonly baseUrl: string;
  /** Requests under way now, and the most there ever were. */
  readonly load: { now: number; most: number; total: number };
  close(): Promise<void>;
}

/** A destination that answers what it is told to. */
export async function startDestination(
  answer: (request: IncomingMessage) => Promise<number | { status: number; headers: Record<string, string> }>,
): Promise<Destination> {
  const load = { now: 0, most: 0, total: 0 };
  const server = createServer((request, response) => {
    load.total++;
    load.most = Math.max(load.most, ++load.now);
    request.resume();
    void answer(request).then((given) => {
      const { status, headers = {} } = typeof given === "number" ? { status: given } : given;
      load.now--;
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    load,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
