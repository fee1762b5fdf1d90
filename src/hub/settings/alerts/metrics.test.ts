import { expect, it } from "vitest";
import { ALERT_METRICS, isStateMetric } from "../../../contract/records/alert.ts";
import { isMeasured, METRICS } from "./metrics.ts";

it("knows every metric, and which of them need a threshold, as the contract does", () => {
  expect(METRICS.toSorted()).toEqual([...ALERT_METRICS].toSorted());
  for (const metric of ALERT_METRICS) expect(isMeasured(metric), metric).toBe(!isStateMetric(metric));
});
