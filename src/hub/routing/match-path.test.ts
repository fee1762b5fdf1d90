import { describe, expect, it } from "vitest";
import { matchPath } from "./match-path.ts";

describe("matchPath", () => {
  it.each([
    ["/", "/", {}],
    ["/runs/:id?", "/runs", {}],
    ["/runs/:id?", "/runs/run_1/", { id: "run_1" }],
    ["/plugs/:plug", "/plugs/a%20b", { plug: "a b" }],
    ["/plugs/:plug", "/plugs/%", { plug: "%" }],
    ["/plugs/:plug", "/plugs", null],
    ["/runs/:id?", "/runs/a/b", null],
    ["/runs", "/events", null],
    ["/", "/events", null],
  ])("%s against %s", (pattern, path, params) => {
    expect(matchPath(pattern, path)).toEqual(params);
  });
});
