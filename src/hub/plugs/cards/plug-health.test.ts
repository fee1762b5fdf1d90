import { expect, it } from "vitest";
import { CONNECTION_STATUSES } from "../../../contract/statuses.ts";
import { plugHealth } from "./plug-health.ts";

const connection = { tenant: "default", status: "active" as const, missing: [] as string[] };

it("says off before missing before the connection's own state", () => {
  expect(plugHealth({ breaker: null, enabled: false, connection: { ...connection, missing: ["a"] } }).word).toBe("off");
  expect(plugHealth({ breaker: null, enabled: true, connection: { ...connection, missing: ["a", "b"] } })).toEqual({
    word: "missing",
    tone: "warn",
    count: 2,
  });
});

it.each(CONNECTION_STATUSES)("has a colour for %s, and red only for an error", (status) => {
  const { tone } = plugHealth({ breaker: null, enabled: true, connection: { ...connection, status } });
  expect(tone === "bad").toBe(status === "error");
});

it("says that a destination is set aside before what its connection says", () => {
  const breaker = { state: "half_open" as const, reason: null, openedAt: null };
  expect(plugHealth({ enabled: true, connection, breaker })).toMatchObject({ word: "half_open", tone: "retry" });
  expect(plugHealth({ enabled: true, connection, breaker: { ...breaker, state: "closed" } }).word).toBe("active");
});
