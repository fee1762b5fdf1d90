import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptRecord, ExchangeRecord } from "../../../contract/index.ts";
import { layoutTimeline } from "./timeline-layout.ts";

const T0 = Date.parse("2026-11-20T14:26:41.208Z");
const at = (ms: number) => new Date(T0 + ms).toISOString();
const attempt = (no: number, start: number, end: number | null): AttemptRecord => ({
  no,
  status: end === null ? "running" : "failed",
  startedAt: at(start),
  finishedAt: end === null ? null : at(end),
  durationMs: end === null ? null : end - start,
  nextAttemptAt: null,
  error: null,
  processId: null,
});

const three = [attempt(1, 0, 812), attempt(2, 30_812, 31_800), attempt(3, 333_800, 334_440)];
const now = T0 + 400_000;

describe("folded", () => {
  const { rows, ticks } = layoutTimeline({ attempts: three, nextAttemptAt: null, nowMs: now, fold: true });

  it("puts a sleep between attempts, each six percent wide", () => {
    expect(rows.map(({ id }) => id)).toEqual(["attempt:1", "sleep:1", "attempt:2", "sleep:3", "attempt:3"]);
    expect(rows.filter(({ kind }) => kind === "sleep").map(({ width }) => width)).toEqual([6, 6]);
    expect(rows.map(({ durationMs }) => durationMs)).toEqual([812, 30_000, 988, 302_000, 640]);
  });

  it("compares attempts with each other", () => {
    const [first, , second] = rows;
    expect((second?.width ?? 0) / (first?.width ?? 1)).toBeCloseTo(988 / 812, 0);
  });

  it("names the start of every stretch by its distance from the start", () => {
    expect(ticks.filter(({ kind }) => kind === "start").map(({ offsetMs }) => offsetMs)).toEqual([0, 30_812, 333_800]);
  });

  it("writes beside the bar where there is room", () => {
    expect(rows[0]?.labelSide).toBe("right");
    expect(rows.at(-1)?.labelSide).toBe("left");
  });
});

it("keeps sleeps to scale when asked to", () => {
  const { rows } = layoutTimeline({ attempts: three, nextAttemptAt: null, nowMs: now, fold: false });
  expect(rows[3]?.width).toBeGreaterThan(85);
});

it("grows with the clock while an attempt runs, and looks ahead while one waits", () => {
  const running = layoutTimeline({
    attempts: [attempt(1, 0, null)],
    nextAttemptAt: null,
    nowMs: T0 + 5_000,
    fold: true,
  });
  expect(running.rows).toMatchObject([{ durationMs: 5_000, open: true }]);
  const waiting = layoutTimeline({
    attempts: [attempt(1, 0, 100)],
    nextAttemptAt: at(5_100),
    nowMs: T0 + 1_000,
    fold: true,
  });
  expect(waiting.rows[1]).toMatchObject({ kind: "sleep", durationMs: 5_000, open: true });
});

const call = (id: string, start: number, durationMs: number): ExchangeRecord => ({
  id,
  plug: "slack",
  tenant: "default",
  runId: "run_1",
  source: "run",
  endpoint: null,
  attempt: 1,
  method: "POST",
  url: "https://slack.com/api/chat.postMessage",
  status: 429,
  startedAt: at(start),
  durationMs,
  requestSize: 0,
  responseSize: 0,
  error: null,
});

it("puts calls under the attempt they were made in, to its scale", () => {
  const exchanges = [call("exc_2", 406, 406), call("exc_1", 0, 203), call("exc_3", 31_000, 99_999)];
  const { rows } = layoutTimeline({ attempts: three, exchanges, nextAttemptAt: null, nowMs: now, fold: true });
  expect(rows.map(({ id }) => id)).toEqual([
    ...["attempt:1", "exc_1", "exc_2", "sleep:1", "attempt:2", "exc_3", "sleep:3", "attempt:3"],
  ]);
  const [first, one, two] = rows;
  expect(one?.width).toBeCloseTo((first?.width ?? 0) / 4);
  expect(two?.left).toBeCloseTo((first?.width ?? 0) / 2);
  const [second, three_] = [rows[4], rows[5]];
  expect((three_?.left ?? 0) + (three_?.width ?? 0)).toBeCloseTo((second?.left ?? 0) + (second?.width ?? 0));
  expect(one?.followed).toBe(true);
});

it("keeps room for the words of a bar that fills the axis", () => {
  const { rows } = layoutTimeline({ attempts: [attempt(1, 0, 97)], nextAttemptAt: null, nowMs: now, fold: true });
  expect(rows).toMatchObject([{ left: 0, width: 88, labelSide: "right" }]);
});

it("has nothing to show before the first attempt", () => {
  expect(layoutTimeline({ attempts: [], nextAttemptAt: null, nowMs: now, fold: true })).toEqual({
    rows: [],
    ticks: [],
  });
});

it("never leaves the axis, never overlaps, whatever the times are", () => {
  const gaps = fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e8)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(gaps, fc.boolean(), (pairs, fold) => {
      let clock = 0;
      const attempts = pairs.map(([length, pause], index) => {
        const start = clock;
        clock += length + pause;
        return attempt(index + 1, start, start + length);
      });
      const { rows, ticks } = layoutTimeline({ attempts, nextAttemptAt: null, nowMs: T0 + clock, fold });
      let end = 0;
      for (const { left, width } of rows) {
        expect(width).toBeGreaterThanOrEqual(0);
        expect(left).toBeCloseTo(end, 6);
        end = left + width;
      }
      expect(end).toBeLessThanOrEqual(98.001);
      for (const { left } of ticks) expect(left).toBeLessThanOrEqual(94);
    }),
  );
});
