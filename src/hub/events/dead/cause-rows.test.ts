import { describe, expect, it } from "vitest";
import type { DeadLetterGroup } from "../../../contract/index.ts";
import { causeRows, redriveFilter, sumCauses } from "./cause-rows.ts";

const group = (handlerId: string, fingerprint: string, count: number, more = false): DeadLetterGroup => ({
  handlerId,
  fingerprint,
  count,
  more,
  code: "http.timeout",
  message: "No answer",
  hint: null,
  handler: "orders",
  plug: "shop",
  firstAt: "2026-01-01T00:00:00.000Z",
  lastAt: "2026-01-02T00:00:00.000Z",
  deliveryId: "dlv_1",
});

describe("dead letters by cause", () => {
  it("are told apart by handler and cause", () => {
    const rows = causeRows([group("hdl_1", "a", 2), group("hdl_2", "a", 3), group("hdl_1", "b", 1)]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
  });

  it("are redriven within the tenant at hand", () => {
    expect(redriveFilter(group("hdl_1", "a", 2), null)).toEqual({ handler: "hdl_1", errorFingerprint: "a" });
    expect(redriveFilter(group("hdl_1", "a", 2), "acme")).toEqual({
      handler: "hdl_1",
      errorFingerprint: "a",
      tenant: "acme",
    });
  });

  it("are summed, and say when counting ended", () => {
    expect(sumCauses([group("h", "a", 10_000, true), group("h", "b", 2)])).toEqual({ count: 10_002, more: true });
    expect(sumCauses([])).toEqual({ count: 0, more: false });
  });
});
