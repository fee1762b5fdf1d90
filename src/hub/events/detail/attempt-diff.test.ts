import { describe, expect, it } from "vitest";
import type { AttemptRecord } from "../../../contract/index.ts";
import { attemptDiff } from "./attempt-diff.ts";

const attempt = (no: number, change: Partial<AttemptRecord> = {}): AttemptRecord => ({
  no,
  status: "failed",
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: "2026-01-01T00:00:01.000Z",
  durationMs: 40,
  nextAttemptAt: null,
  error: { code: "http.timeout", message: "No answer in 10 s" },
  processId: null,
  ...change,
});
const call = (status: number | null) => ({ method: "POST", url: "https://slack.example/post", status });

describe("two attempts", () => {
  it("that ended alike differ in nothing", () => {
    const same = { attempt: attempt(1), calls: [call(500)] };
    expect(attemptDiff(same, { attempt: attempt(2), calls: [call(500)] })).toEqual([]);
  });

  it("are told apart by their end and their calls", () => {
    const facts = attemptDiff(
      { attempt: attempt(1), calls: [call(null)] },
      { attempt: attempt(2, { status: "succeeded", error: null }), calls: [call(200), call(200)] },
    );
    expect(facts.map(({ fact, before, now }) => [fact, before, now])).toEqual([
      ["status", "failed", "succeeded"],
      ["error", "http.timeout", ""],
      ["message", "No answer in 10 s", ""],
      ["call", "POST https://slack.example/post", "POST https://slack.example/post 200"],
      ["call", "", "POST https://slack.example/post 200"],
    ]);
  });
});
