import { describe, expect, it } from "vitest";
import { edgePath } from "./edge-path.ts";
import { layoutGraph } from "./layout-graph.ts";
import { mergeTraffic } from "./merge-traffic.ts";
import { tracePath } from "./trace-path.ts";

describe("tracePath", () => {
  const edges = [
    { id: "1", from: "stripe", to: "invoices" },
    { id: "2", from: "stripe", to: "payments" },
    { id: "3", from: "payments", to: "slack" },
    { id: "4", from: "invoices", to: "database" },
  ];
  it("follows both ways, but does not turn round", () => {
    const { nodes, edges: found } = tracePath(edges, "payments");
    expect([...nodes].sort()).toEqual(["payments", "slack", "stripe"]);
    expect([...found].sort()).toEqual(["2", "3"]);
  });
  it("ends in a circle", () => {
    expect(tracePath([...edges, { id: "5", from: "slack", to: "stripe" }], "slack").nodes.size).toBe(5);
  });
});

describe("layoutGraph", () => {
  it("puts what follows to the right and keeps nodes of a column apart", () => {
    const size = { width: 200, height: 70 };
    const places = layoutGraph({
      nodes: ["a", "b", "c", "alone"].map((id) => ({ id, ...size })),
      edges: [
        { from: "a", to: "b" },
        { from: "a", to: "c" },
        { from: "a", to: "gone" },
      ],
    });
    expect(places.b?.x).toBeGreaterThan((places.a?.x ?? 0) + size.width);
    expect(Math.abs((places.b?.y ?? 0) - (places.c?.y ?? 0))).toBeGreaterThanOrEqual(size.height);
    expect(places.alone).toBeDefined();
  });
  it("puts what all lead to beside the rest, and what leads to all before it", () => {
    const size = { width: 200, height: 70 };
    const steps = Array.from({ length: 40 }, (_, at) => `step ${at}`);
    const places = layoutGraph({
      nodes: ["source", ...steps, "database"].map((id) => ({ id, ...size })),
      edges: steps.flatMap((id) => [
        { from: "source", to: id },
        { from: id, to: "database" },
      ]),
    });
    for (const id of steps) {
      expect(places[id]?.x).toBeGreaterThan((places.source?.x ?? 0) + size.width);
      expect(places[id]?.x).toBeLessThan((places.database?.x ?? 0) - size.width);
    }
    expect(new Set(steps.map((id) => places[id]?.y)).size).toBe(steps.length);
  });
});

describe("edgePath", () => {
  const ends = { sourceX: 0, sourceY: 0, targetX: 100, targetY: 0 };
  it("is a straight line at one height", () => {
    expect(edgePath(ends, { near: "source", offset: 20 }).d).toBe("M0 0H100");
  });
  it("turns at its trunk and writes on the last piece", () => {
    const path = edgePath({ ...ends, targetY: 80 }, { near: "source", offset: 20 });
    expect(path.d).toBe("M0 0H10Q20 0 20 10V70Q20 80 30 80H100");
    expect([path.labelX, path.labelY]).toEqual([60, 80]);
  });
  it("bends less than its corner when there is no room", () => {
    expect(edgePath({ ...ends, targetY: 6 }, { near: "source", offset: 20 }).d).toContain("Q20 0 20 3");
  });
});

describe("mergeTraffic", () => {
  it("weighs error shares by rate and keeps the slowest", () => {
    const one = { perMinute: 30, p95Ms: 20, errorShare: 0, backlog: 1 };
    expect(mergeTraffic([one, { perMinute: 10, p95Ms: 900, errorShare: 1, backlog: 2 }])).toEqual({
      perMinute: 40,
      p95Ms: 900,
      errorShare: 0.25,
      backlog: 3,
    });
    expect(mergeTraffic([])).toEqual({ perMinute: 0, p95Ms: null, errorShare: 0, backlog: 0 });
  });
});
