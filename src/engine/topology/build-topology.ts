import type {
  FlowKind,
  HandlerRecord,
  PlugRecord,
  Topology,
  TopologyEdge,
  TopologyNode,
  Traffic,
} from "../../contract/index.ts";
import { judgeDestination, judgeFlow, judgeHandler, judgePlug } from "./judge-health.ts";
import { NO_TRAFFIC } from "./sum-totals.ts";

export interface FlowFacts {
  readonly id: string;
  readonly plug: string;
  readonly kind: FlowKind;
  readonly name: string;
  readonly resource: string | null;
  readonly destination: string | null;
  readonly schedules: readonly string[];
  readonly nextAt: string | null;
  readonly enabled: boolean;
  readonly running: number;
  readonly lastStatus: Extract<TopologyNode, { flowId: string }>["lastStatus"];
}

export type BreakerState = "closed" | "open" | "half_open";

/** All that is known, read by `readTopology`. Traffic is by handler id, flow id or plug. */
export interface TopologyFacts {
  readonly windowMinutes: number;
  readonly plugs: readonly PlugRecord[];
  readonly handlers: readonly HandlerRecord[];
  readonly flows: readonly FlowFacts[];
  readonly traffic: Readonly<Record<"handler" | "flow" | "wire" | "exchange", ReadonlyMap<string, Traffic>>>;
  readonly breakers: ReadonlyMap<string, BreakerState>;
  /** Tables that handlers and flows say they write, by their id. */
  readonly writes: ReadonlyMap<string, readonly string[]>;
  readonly tables: readonly { readonly name: string; readonly rows: number | null }[];
  readonly version: string;
}

const DATABASE = "database";

/** Nodes and edges. Edges always go from left to right: plugs, what they set going, what that writes to. */
export function buildTopology(facts: TopologyFacts): Topology {
  const nodes: TopologyNode[] = [...facts.plugs.map((plug) => plugNode(facts, plug))];
  const edges: TopologyEdge[] = [];
  const destinations = new Set<string>();
  const join = (edge: Omit<TopologyEdge, "id">) =>
    edges.push({ id: `${edge.from}|${edge.fromPort ?? ""}>${edge.to}|${edge.toPort ?? ""}`, ...edge });

  /** What a handler or flow writes to: its destination, or the tables it names, or just the database. */
  const outOf = (
    from: string,
    key: string,
    destination: string | null,
    motion: TopologyEdge["motion"],
    traffic: Traffic,
  ) => {
    if (destination !== null) {
      destinations.add(destination);
      join({ from, fromPort: null, to: `destination:${destination}`, toPort: null, motion, traffic });
      return;
    }
    const tables = facts.writes.get(key) ?? [];
    for (const toPort of tables.length > 0 ? tables : [null])
      join({ from, fromPort: null, to: DATABASE, toPort, motion, traffic });
  };

  for (const handler of facts.handlers) {
    const traffic = facts.traffic.handler.get(handler.id) ?? NO_TRAFFIC;
    const id = `handler:${handler.id}`;
    nodes.push({ ...handlerNode(handler, traffic), id });
    join({ from: `plug:${handler.plug}`, fromPort: "webhook", to: id, toPort: null, motion: "pushed", traffic });
    outOf(id, handler.id, handler.to, "pushed", traffic);
  }
  for (const flow of facts.flows) {
    const traffic = facts.traffic.flow.get(flow.id) ?? NO_TRAFFIC;
    const id = `flow:${flow.id}`;
    nodes.push({ ...flowNode(flow, traffic), id });
    join({ from: `plug:${flow.plug}`, fromPort: "api", to: id, toPort: null, motion: "pulled", traffic });
    outOf(id, flow.id, flow.destination, "pulled", traffic);
  }
  for (const plug of [...destinations].sort()) nodes.push(destinationNode(facts, plug));
  if (edges.some(({ to }) => to === DATABASE)) {
    nodes.push({
      kind: "database",
      id: DATABASE,
      name: "Postgres",
      health: "ok",
      trouble: null,
      troubleCount: 0,
      version: facts.version,
      tables: [...facts.tables],
    });
  }
  return { windowMinutes: facts.windowMinutes, nodes, edges };
}

function plugNode({ traffic, handlers, flows }: TopologyFacts, plug: PlugRecord): TopologyNode {
  const takes = plug.wire !== null || handlers.some((handler) => handler.plug === plug.name);
  const calls = flows.some((flow) => flow.plug === plug.name);
  const wire = plug.wire?.status ?? null;
  const { status: connection, missing } = plug.connection;
  return {
    kind: "plug",
    id: `plug:${plug.name}`,
    name: plug.name,
    label: plug.label,
    host: plug.host,
    enabled: plug.enabled,
    connection,
    wire,
    webhook: takes ? (traffic.wire.get(plug.name) ?? NO_TRAFFIC) : null,
    api: calls ? (traffic.exchange.get(plug.name) ?? NO_TRAFFIC) : null,
    ...judgePlug({ enabled: plug.enabled, connection, missing: missing.length, wire }),
  };
}

function handlerNode(handler: HandlerRecord, traffic: Traffic): Extract<TopologyNode, { handlerId: string }> {
  const { id, name, kind, plug, events, to, execution, enabled, paused, waiting, dead } = handler;
  const facts = { name, kind, plug, events, execution, enabled, paused, waiting, dead, traffic };
  return { ...facts, id, handlerId: id, destination: to, ...judgeHandler(facts) };
}

function flowNode(flow: FlowFacts, traffic: Traffic): Extract<TopologyNode, { flowId: string }> {
  const { id, schedules, ...facts } = flow;
  return { ...facts, id, flowId: id, schedules: [...schedules], traffic, ...judgeFlow(flow) };
}

function destinationNode({ plugs, traffic, breakers }: TopologyFacts, name: string): TopologyNode {
  const plug = plugs.find((one) => one.name === name);
  const calls = traffic.exchange.get(name) ?? NO_TRAFFIC;
  return {
    kind: "destination",
    id: `destination:${name}`,
    name,
    plug: name,
    label: plug?.label ?? name,
    host: plug?.host ?? null,
    traffic: calls,
    ...judgeDestination(breakers.get(name) ?? "closed", calls),
  };
}
