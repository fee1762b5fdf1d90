import { describe, expect, it } from "vitest";
import { KhotanConfigError } from "../errors.ts";
import { catchEvent, inflow, pass, plug, standardWebhooks, wire } from "../index.ts";
import { readDefinitions } from "./definitions.ts";

const at = (name: string) => plug({ name, baseUrl: `https://${name}.example` });
const note = (name: string) => catchEvent({ name, events: ["*"], run: async () => undefined });

function issuesOf(make: () => unknown): unknown {
  try {
    make();
  } catch (error) {
    if (error instanceof KhotanConfigError) return error.issues?.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe("registration names the path of each mistake", () => {
  it("takes what is right", () => {
    expect(issuesOf(() => readDefinitions([{ plug: at("a"), catches: [note("n")] }, { plug: at("b") }]))).toEqual([]);
  });

  it("two plugs, or two handlers, of one name", () => {
    expect(issuesOf(() => readDefinitions([{ plug: at("a") }, { plug: at("a") }]))).toEqual(["plugs[1]"]);
    const twice = [{ plug: at("a"), catches: [note("n"), note("n")] }];
    expect(issuesOf(() => readDefinitions(twice))).toEqual([expect.stringContaining("plugs[0].catches[1]")]);
  });

  it("two wires", () => {
    const wires = [wire({ verify: standardWebhooks() }), wire({ verify: standardWebhooks() })];
    expect(issuesOf(() => readDefinitions([{ plug: at("a"), wires }]))).toEqual(["plugs[0].wires"]);
  });

  it("a pass to nowhere", () => {
    const lost = pass({ name: "lost", to: "nowhere", events: ["*"], map: () => ({ path: "/" }) });
    expect(issuesOf(() => readDefinitions([{ plug: at("a"), passes: [lost] }]))).toEqual(["plugs[0].passes[0].to"]);
  });

  it.each(["0 25 * * *", "every day", "* * *"])("a schedule that never comes or is none: %s", (schedule) => {
    expect(issuesOf(() => inflow({ name: "orders", plug: at("a"), schedule, run: async () => undefined }))).toEqual([
      "inflow.orders.schedule",
    ]);
  });
});
