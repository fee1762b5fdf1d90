import { expect, it } from "vitest";
import type { CanvasNode } from "./group-by-plug.ts";
import { GROUPED_FROM, groupByPlug } from "./group-by-plug.ts";
import { matchNodes } from "./match-nodes.ts";

const traffic = { perMinute: 1, p95Ms: null, errorShare: 0, backlog: 0 };
const step = (id: string, plug: string, events: string[], health: CanvasNode["health"] = "ok") =>
  ({
    kind: "catch",
    id,
    handlerId: id,
    name: id,
    plug,
    events,
    health,
    trouble: null,
    troubleCount: 0,
    destination: null,
    execution: "inline",
    enabled: true,
    paused: false,
    waiting: 0,
    dead: 0,
    traffic,
  }) as const;

const nodes = [step("invoices", "stripe", ["invoice.*"]), step("pushes", "github", ["push"], "bad")].map((node) => ({
  ...node,
  events: [...node.events],
}));

it.each([
  [{ q: "", kind: [], health: [] }, null],
  [{ q: "stripe", kind: [], health: [] }, ["invoices"]],
  [{ q: "invoice. strip", kind: [], health: [] }, ["invoices"]],
  [{ q: "", kind: ["catch"], health: ["bad"] }, ["pushes"]],
  [{ q: "", kind: ["pass"], health: [] }, []],
])("%j leaves %j", (filter, expected) => {
  const found = matchNodes(nodes, filter);
  expect(found && [...found]).toEqual(expected);
});

it("folds the handlers of a plug when there are many, and opens those asked for", () => {
  const many = Array.from({ length: GROUPED_FROM + 10 }, (_, index) => ({
    ...step(`h${index}`, index % 2 ? "a" : "b", []),
    events: [],
    health: index === 1 ? ("bad" as const) : ("ok" as const),
  }));
  const edges = many.map(({ id, plug }) => ({
    id,
    from: `plug:${plug}`,
    fromPort: "webhook",
    to: id,
    toPort: null,
    motion: "pushed" as const,
    traffic,
  }));
  const folded = groupByPlug({ windowMinutes: 15, nodes: many, edges }, new Set(["b"]));
  const group = folded.nodes.find(({ kind }) => kind === "group");
  expect(group).toMatchObject({ name: "a", count: many.length / 2, bad: 1, health: "bad" });
  expect(folded.nodes).toHaveLength(many.length / 2 + 1);
  expect(folded.edges.find(({ to }) => to === "group:a")?.traffic.perMinute).toBe(many.length / 2);
});
