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

describe("routeEdges", () => {
  it("gives a handle one trunk, however many edges leave it", () => {
    const edges = [edge("a", "webhook", "x"), edge("a", "webhook", "y"), edge("a", "webhook", "z")];
    const heights: Record<string, number> = { a: 50, x: 0, y: 50, z: 100 };
    const offsets = [...routeEdges(edges, (node) => heights[node] ?? 0).values()].map(({ offset }) => offset);
    expect(new Set(offsets).size).toBe(1);
    expect(offsets).toHaveLength(3);
  });

  it("turns the upper of two falling lines further out, so that they do not cross", () => {
    const edges = [edge("a", "1", "x"), edge("a", "2", "y")];
    const heights: Record<string, number> = { "a|1": 0, "a|2": 29, "x|": 300, "y|": 400 };
    const trunks = routeEdges(edges, (node, port) => heights[`${node}|${port ?? ""}`] ?? 0);
    const of = (index: number) => trunks.get(edges[index]?.id ?? "")?.offset ?? 0;
    expect(of(0)).toBeGreaterThan(of(1));
  });

  it("routes every edge of any graph", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const port = fc.constantFrom(null, "1", "2");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, port, name, port), { maxLength: 30 }), (links) => {
        const edges = links.map(([from, fromPort, to, toPort]) => edge(from, fromPort, `to-${to}`, toPort));
        const trunks = routeEdges(edges, (node, at) => node.length * 40 + Number(at ?? 0) * 29);
        for (const { id } of edges) expect(trunks.get(id)?.offset).toBeGreaterThan(0);
      }),
    );
  });
});
