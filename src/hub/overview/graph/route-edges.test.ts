import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TopologyEdge } from "../../../contract/index.ts";
import { routeEdges } from "./route-edges.ts";

const quiet = { perMinute: 0, p95Ms: null, errorShare: 0, backlog: 0 };
const edge = (from: string, fromPort: string | null, to: string, toPort: string | null = null): TopologyEdge => ({
  id: `${from}:${fromPort}>${to}:${toPort}`,
  from,
  fromPort,
  to,
  toPort,
  motion: "pushed",
  traffic: quiet,
});

/** Places by `node|port`; the column is 0 for sources and 1 for targets. */
const places = (heights: Readonly<Record<string, number>>) => (node: string, port: string | null) => ({
  column: node < "m" ? 0 : 1,
  y: heights[`${node}|${port ?? ""}`] ?? 0,
});

describe("routeEdges", () => {
  it("gives a handle one trunk, however many edges leave it", () => {
    const edges = [edge("a", "webhook", "x"), edge("a", "webhook", "y"), edge("a", "webhook", "z")];
    const trunks = routeEdges(edges, places({ "a|webhook": 50, "x|": 0, "y|": 50, "z|": 100 }));
    const offsets = [...trunks.values()].map(({ offset }) => offset);
    expect(new Set(offsets).size).toBe(1);
    expect(offsets).toHaveLength(3);
  });

  it("turns the upper of two falling lines further out, so that they do not cross", () => {
    const edges = [edge("a", "1", "x"), edge("a", "2", "y")];
    const trunks = routeEdges(edges, places({ "a|1": 0, "a|2": 29, "x|": 300, "y|": 400 }));
    const of = (index: number) => trunks.get(edges[index]?.id ?? "")?.offset ?? 0;
    expect(of(0)).toBeGreaterThan(of(1));
  });

  it("never lets trunks of two plugs lie on each other", () => {
    const edges = [edge("a", "webhook", "x"), edge("a", "webhook", "y"), edge("b", "webhook", "w")];
    const trunks = routeEdges(edges, places({ "a|webhook": 0, "b|webhook": 100, "x|": 10, "y|": 200, "w|": 50 }));
    expect(new Set([...trunks.values()].map(({ offset }) => offset)).size).toBe(2);
  });

  it("uses a lane again where it is free", () => {
    const edges = [edge("a", "webhook", "x"), edge("b", "webhook", "y")];
    const trunks = routeEdges(edges, places({ "a|webhook": 0, "x|": 40, "b|webhook": 100, "y|": 140 }));
    expect(new Set([...trunks.values()].map(({ offset }) => offset)).size).toBe(1);
  });

  it("routes every edge of any graph", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const port = fc.constantFrom(null, "1", "2");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, port, name, port), { maxLength: 30 }), (links) => {
        const edges = links.map(([from, fromPort, to, toPort]) => edge(from, fromPort, `to-${to}`, toPort));
        const trunks = routeEdges(edges, (node, at) => ({
          column: node.length,
          y: node.length * 40 + Number(at ?? 0) * 29,
        }));
        for (const { id } of edges) expect(trunks.get(id)?.offset).toBeGreaterThan(0);
      }),
    );
  });
});
