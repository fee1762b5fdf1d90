import { expect, it } from "vitest";
import type { HandlerRecord, PlugRecord } from "../../contract/index.ts";
import { overviewGroups } from "./overview-groups.ts";

const plug = (extra: Partial<PlugRecord>): PlugRecord => ({
  id: "plg_1",
  name: "stripe",
  label: "Stripe",
  description: null,
  docsUrl: null,
  baseUrl: null,
  host: "api.stripe.com",
  auth: "bearer",
  enabled: true,
  tenants: ["default"],
  connection: { tenant: "default", status: "active", missing: [] },
  wire: null,
  counts: { handlers: 0, flows: 0, waiting: 0, dead: 0 },
  createdAt: "2026-11-20T14:00:00Z",
  ...extra,
});
const handler = (extra: Partial<HandlerRecord>): HandlerRecord => ({
  id: "hdl_1",
  plug: "stripe",
  kind: "pass",
  name: "to-slack",
  events: ["*"],
  to: "slack",
  execution: "inline",
  enabled: true,
  paused: false,
  maxAttempts: 10,
  waiting: 0,
  dead: 0,
  createdAt: "2026-11-20T14:00:00Z",
  ...extra,
});

it("calls for attention only for what nobody chose", () => {
  const { attention, quiet } = overviewGroups(
    [
      plug({}),
      plug({ id: "plg_2", enabled: false }),
      plug({ id: "plg_3", connection: { tenant: "default", status: "pending", missing: ["apiKey"] } }),
    ],
    [handler({}), handler({ id: "hdl_2", paused: true, waiting: 4 }), handler({ id: "hdl_3", dead: 12, paused: true })],
  );
  expect(attention.map(({ id, trouble }) => [id, trouble])).toEqual([
    ["plg_3", { word: "missing", count: 1 }],
    ["hdl_3", { word: "dead", count: 12 }],
  ]);
  expect(quiet.map(({ id }) => id)).toEqual(["plg_1", "plg_2", "hdl_1", "hdl_2"]);
});

it("tells a wire that nobody connected from one that broke", () => {
  const wire = (status: "disabled" | "expired") => ({ status, mode: "manual" as const, expiresAt: null });
  expect(overviewGroups([plug({ wire: wire("disabled") })], []).quiet[0]?.trouble?.word).toBe("unwired");
  expect(overviewGroups([plug({ wire: wire("expired") })], []).attention[0]?.trouble?.word).toBe("expired");
});

it("leads to the dead letters of a handler that has some", () => {
  const [item] = overviewGroups([], [handler({ dead: 1 })]).attention;
  expect(item?.link).toBe("/events/dead?handler=hdl_1");
});
