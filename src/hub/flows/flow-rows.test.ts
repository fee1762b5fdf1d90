import { expect, it } from "vitest";
import type { FlowRecord } from "../../contract/index.ts";
import { flowRows, nextOf } from "./flow-rows.ts";

const schedule = (variant: string | null, next: string[]) => ({
  id: `sch_${variant}`,
  flowId: "flw_1",
  variant,
  cron: "0 * * * *",
  timeZone: "UTC",
  enabled: true,
  nextAt: next[0] ?? null,
  lastFiredAt: null,
  next,
});

const flow = (change: Partial<FlowRecord>): FlowRecord => ({
  id: "flw_1",
  plug: "sandbox",
  kind: "inflow",
  name: "products",
  resource: null,
  destination: null,
  execution: "inline",
  variants: [],
  enabled: true,
  overlap: "skip",
  concurrency: null,
  maxDurationMs: 1,
  schedules: [],
  runs: [],
  createdAt: "2026-11-20T13:00:00Z",
  ...change,
});

it("puts variants below their flow, with the schedule that is theirs", () => {
  const full = schedule("full", []);
  const groups = flowRows([
    flow({ variants: ["changes", "full"], schedules: [full] }),
    flow({ id: "flw_2", plug: "b" }),
  ]);
  expect(groups.map(({ plug, rows }) => [plug, rows.map(({ id }) => id)])).toEqual([
    ["sandbox", ["flw_1", "flw_1:changes", "flw_1:full"]],
    ["b", ["flw_2"]],
  ]);
  expect(groups[0]?.rows.map(({ schedule: own, heads }) => [own, heads])).toEqual([
    [null, true],
    [null, false],
    [full, false],
  ]);
});

it("finds the schedule of a flow without variants", () => {
  const own = schedule(null, []);
  expect(flowRows([flow({ schedules: [own] })])[0]?.rows[0]?.schedule).toBe(own);
});

it("knows what runs next, of flows that are on", () => {
  const late = flow({
    schedules: [schedule("a", ["2026-11-20T14:00:00Z"]), schedule("b", ["2026-11-20T13:30:00+00:00"])],
  });
  const off = flow({ enabled: false, schedules: [schedule(null, ["2026-11-20T13:01:00Z"])] });
  expect(nextOf([late, off])).toBe("2026-11-20T13:30:00+00:00");
  expect(nextOf([off, flow({})])).toBeNull();
});
