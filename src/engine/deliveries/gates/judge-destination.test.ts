import { expect, test } from "vitest";
import { PlugHttpError, PlugNetworkError, PlugTimeoutError } from "../../plugs/index.ts";
import { isDestinationGone, judgeDestination } from "./judge-destination.ts";

const details = { code: "x", message: "m", hint: "h", retryable: true, plug: "slack" };
const answered = (status: number, plug = "slack") =>
  new PlugHttpError({ ...details, plug, status, headers: {}, body: null, retryAfterMs: null });

test.each([
  [answered(500), "failed"],
  [answered(503), "failed"],
  [answered(408), "failed"],
  [answered(404), "ok"],
  [answered(401), "ok"],
  [answered(429), null],
  [answered(410), null],
  [answered(500, "stripe"), null],
  [new PlugTimeoutError({ ...details, phase: "headers", timeoutMs: 1 }), "failed"],
  [new PlugNetworkError({ ...details, code: "network_refused", sent: false }), "failed"],
  [new PlugNetworkError({ ...details, code: "network_blocked", sent: false }), null],
  [new Error("the handler's own"), null],
  [new Error("wrapped", { cause: answered(502) }), "failed"],
])("%s says %s of the destination", (error, verdict) => {
  expect(judgeDestination(error, "slack")).toBe(verdict);
});

test("only the destination's own 410 is for good", () => {
  expect(isDestinationGone(answered(410), "slack")).toBe(true);
  expect(isDestinationGone(answered(410, "stripe"), "slack")).toBe(false);
  expect(isDestinationGone(answered(404), "slack")).toBe(false);
});
