import { type Topology, type TopologyEdge, type TopologyNode, topologySchema } from "../../src/contract/index.ts";

const STEPS_PER_PLUG = 9;

/**
 * A topology of about `size` nodes and twice as many edges: plugs with nine handlers or flows each, all of which write the
 * database, and every third hands on to another plug.
 *
 * @example madeUpTopology(300).edges.length // about 600
 */
export function madeUpTopology(size: number): Topology {
  const traffic = (seed: number) => ({
    perMinute: seed % 37,
    p95Ms: 20 + (seed % 400),
    errorShare: seed % 11 === 0 ? 0.04 : 0,
    backlog: seed % 13 === 0 ? seed % 90 : 0,
  });
  const plugs = Math.max(1, Math.floor((size - 1) / (STEPS_PER_PLUG + 1)));
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  const calm = { health: "ok" as const, trouble: null, troubleCount: 0 };
  const connect = (from: string, fromPort: string | null, to: string, seed: number, motion: TopologyEdge["motion"]) =>
    edges.push({ id: `${from}>${to}`, from, fromPort, to, toPort: null, motion, traffic: traffic(seed) });
  for (let p = 0; p < plugs; p++) {
    const plug = `plug-${p}`;
    nodes.push({
      ...calm,
      kind: "plug",
      id: `plug:${plug}`,
      name: plug,
      label: `Provider ${p}`,
      host: `api.provider-${p}.example`,
      enabled: true,
      connection: "active",
      wire: "active",
      webhook: traffic(p),
      api: traffic(p + 5),
    });
    for (let s = 0; s < STEPS_PER_PLUG; s++) {
      const seed = p * STEPS_PER_PLUG + s;
      const id = `handler:${plug}-${s}`;
      nodes.push({
        ...calm,
        health: seed % 29 === 0 ? "bad" : "ok",
        trouble: seed % 29 === 0 ? "dead" : null,
        kind: "catch",
        id,
        name: `record-${p}-${s}`,
        handlerId: `hdl_${seed}`,
        plug,
        events: ["order.created"],
        destination: null,
        execution: "inline",
        enabled: true,
        paused: false,
        waiting: 0,
        dead: 0,
        traffic: traffic(seed),
      });
      connect(`plug:${plug}`, "webhook", id, seed, "pushed");
      connect(id, null, seed % 3 === 0 ? `plug:plug-${(p + 1) % plugs}` : "database", seed, "pushed");
    }
  }
  nodes.push({ ...calm, kind: "database", id: "database", name: "Postgres", version: "18", tables: [] });
  return topologySchema.parse({ windowMinutes: 15, nodes, edges });
}
