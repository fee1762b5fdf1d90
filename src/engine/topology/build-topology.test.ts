import { describe, expect, it } from "vitest";
import type { HandlerRecord, PlugRecord } from "../../contract/index.ts";
import { buildTopology, type FlowFacts, type TopologyFacts } from "./build-topology.ts";

const plug = (name: string, extra: Partial<PlugRecord> = {}): PlugRecord => ({
  id: `plg_${name}`,
  name,
  label: name,
  description: null,
  docsUrl: null,
  baseUrl: null,
  host: `${name}.example`,
  auth: "none",
  enabled: true,
  tenants: [],
  connection: { tenant: "default", status: "active", missing: [] },
  wire: { status: "active", mode: "manual", expiresAt: null },
  breaker: null,
  counts: { handlers: 0, flows: 0, waiting: 0, dead: 0 },
  createdAt: "2026-01-01T00:00:00.000Z",
  ...extra,
});
const handler = (plugName: string, name: string, to: string | null = null): HandlerRecord => ({
  id: `hdl_${name}`,
  plug: plugName,
  kind: to ? "pass" : "catch",
  name,
  events: ["*"],
  to,
  execution: "inline",
  enabled: true,
  paused: false,
  maxAttempts: 10,
  timeoutMs: 900_000,
  concurrency: null,
  rate: null,
  ordered: false,
  priority: 0,
  waiting: 0,
  held: {},
  dead: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
});
const flow = (plugName: string, kind: FlowFacts["kind"], destination: string | null = null): FlowFacts => ({
  id: `flw_${kind}`,
  plug: plugName,
  kind,
  name: kind,
  resource: null,
  destination,
  schedules: ["0 * * * *"],
  nextAt: null,
  enabled: true,
  running: 0,
  lastStatus: null,
});
const facts = (some: Partial<TopologyFacts>): TopologyFacts => ({
  windowMinutes: 15,
  plugs: [],
  handlers: [],
  flows: [],
  traffic: { handler: new Map(), flow: new Map(), wire: new Map(), exchange: new Map() },
  breakers: new Map(),
  writes: new Map(),
  tables: [],
  version: "18.4",
  ...some,
});

describe("buildTopology", () => {
  it("joins a plug's webhooks to its handlers, and these to what they write", () => {
    const { nodes, edges } = buildTopology(
      facts({
        plugs: [plug("stripe"), plug("slack", { wire: null })],
        handlers: [handler("stripe", "invoices"), handler("stripe", "alert", "slack")],
        writes: new Map([["hdl_invoices", ["invoices", "ledger"]]]),
        tables: [{ name: "invoices", rows: 3 }],
      }),
    );
    expect(edges.map(({ id }) => id)).toEqual([
      "plug:stripe|webhook>handler:hdl_invoices|",
      "handler:hdl_invoices|>database|invoices",
      "handler:hdl_invoices|>database|ledger",
      "plug:stripe|webhook>handler:hdl_alert|",
      "handler:hdl_alert|>destination:slack|",
    ]);
    expect(nodes.map(({ id }) => id)).toEqual([
      "plug:stripe",
      "plug:slack",
      "handler:hdl_invoices",
      "handler:hdl_alert",
      "destination:slack",
      "database",
    ]);
    expect(nodes.find(({ id }) => id === "plug:slack")).toMatchObject({ webhook: null, api: null });
  });

  it("has every edge end at a node, and no id twice", () => {
    const { nodes, edges } = buildTopology(
      facts({
        plugs: [plug("shop")],
        handlers: [handler("shop", "a"), handler("shop", "b", "shop")],
        flows: [flow("shop", "inflow"), flow("shop", "outflow"), flow("shop", "relay", "shop")],
      }),
    );
    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to } of edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
    expect(edges.filter(({ motion }) => motion === "pulled")).toHaveLength(6);
  });

  it("names what is wrong, the worst first", () => {
    const busy = { perMinute: 4, p95Ms: 20, errorShare: 0.5, backlog: 0 };
    const { nodes } = buildTopology(
      facts({
        plugs: [plug("shop", { connection: { tenant: "default", status: "expired", missing: [] } })],
        handlers: [
          { ...handler("shop", "dead"), dead: 3, enabled: false },
          { ...handler("shop", "off"), enabled: false },
          { ...handler("shop", "paused"), paused: true, waiting: 7 },
          handler("shop", "failing"),
          handler("shop", "fine", "desk"),
        ],
        traffic: {
          handler: new Map([["hdl_failing", busy]]),
          flow: new Map(),
          wire: new Map(),
          exchange: new Map(),
        },
        breakers: new Map([["desk", "half_open"]]),
        flows: [{ ...flow("shop", "inflow"), lastStatus: "failed" }],
      }),
    );
    const verdicts = nodes.map(({ name, health, trouble, troubleCount }) => [name, health, trouble, troubleCount]);
    expect(verdicts).toEqual([
      ["shop", "bad", "connection_expired", 0],
      ["dead", "bad", "dead", 3],
      ["off", "off", "off", 0],
      ["paused", "warn", "paused", 7],
      ["failing", "warn", "failing", 50],
      ["fine", "ok", null, 0],
      ["inflow", "bad", "failed_run", 0],
      ["desk", "warn", "breaker_half_open", 0],
      ["Postgres", "ok", null, 0],
    ]);
  });

  it("is empty when nothing is registered", () => {
    expect(buildTopology(facts({}))).toEqual({ windowMinutes: 15, nodes: [], edges: [] });
  });
});
