import { expect, it } from "vitest";
import type { TopologyNode } from "../../contract/index.ts";
import { overviewGroups } from "./overview-groups.ts";

const node = (name: string, health: TopologyNode["health"], trouble: string | null = null): TopologyNode => ({
  kind: "database",
  id: name,
  name,
  health,
  trouble,
  troubleCount: 0,
  version: "",
  tables: [],
});

it("puts what needs a person first, and leaves what a person chose in peace", () => {
  const groups = overviewGroups([
    node("fine", "ok"),
    node("paused", "warn", "paused"),
    node("breaker", "warn", "breaker_half_open"),
    node("dead", "bad", "dead"),
    node("syncing", "running"),
    node("off", "off", "off"),
  ]);
  expect(groups.map(({ id, nodes }) => [id, nodes.map(({ name }) => name)])).toEqual([
    ["attention", ["dead", "breaker"]],
    ["running", ["syncing"]],
    ["quiet", ["paused", "fine", "off"]],
  ]);
});

it("has no empty groups", () => {
  expect(overviewGroups([])).toEqual([]);
});
