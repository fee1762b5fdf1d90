import { describe, expect, test } from "vitest";
import { nextWindow, type RollState } from "./roll-window.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 4, 1, 12, 30, 20);
const state = (change: Partial<RollState> = {}): RollState => ({
  rolledTo: NOW - 10_000,
  countedAgainAt: NOW - MINUTE,
  foldedTo: NOW - 2 * HOUR,
  ...change,
});

describe("what a round counts", () => {
  test("usually the minute under way, up to now", () => {
    const window = nextWindow(state(), NOW, null);
    expect(new Date(window.from).toISOString()).toBe("2026-05-01T12:30:00.000Z");
    expect([window.to, window.again]).toEqual([null, false]);
    expect(window.next.rolledTo).toBe(NOW);
  });

  test("from the last mark on, and the mark stops at the oldest transaction that is still open", () => {
    const oldest = NOW - 4 * MINUTE;
    const first = nextWindow(state(), NOW, oldest);
    expect(first.next.rolledTo).toBe(oldest);
    const second = nextWindow(first.next, NOW + 5 * MINUTE, null);
    expect(second.from).toBeLessThanOrEqual(oldest);
  });

  test("while a transaction stays open for long, usual rounds are short, and one in a while goes back to it", () => {
    const oldest = NOW - 8 * MINUTE;
    let at = state({ rolledTo: oldest, countedAgainAt: NOW - MINUTE });
    let wentBack = 0;
    for (let now = NOW; now < NOW + 10 * MINUTE; now += 10_000) {
      const window = nextWindow(at, now, oldest);
      if (window.from <= oldest) wentBack++;
      else expect(now - window.from).toBeLessThanOrEqual(3 * MINUTE);
      expect(window.next.rolledTo).toBe(oldest);
      at = window.next;
    }
    expect(wentBack).toBe(2);
    // It has ended: the next round that goes back counts what it brought, and the mark moves on.
    const later = nextWindow(at, NOW + 16 * MINUTE, null);
    expect(later.from).toBeLessThanOrEqual(oldest);
    expect(later.next.rolledTo).toBe(NOW + 16 * MINUTE);
  });

  test("a transaction that somebody forgot does not hold it back for ever", () => {
    expect(nextWindow(state(), NOW, NOW - 5 * HOUR).next.rolledTo).toBe(NOW - 30 * MINUTE);
  });

  test("now and then the last minutes once more", () => {
    const window = nextWindow(state({ countedAgainAt: NOW - 6 * MINUTE }), NOW, null);
    expect(window.again).toBe(true);
    expect(window.from).toBeLessThanOrEqual(NOW - 5 * MINUTE);
    expect(window.next.countedAgainAt).toBe(NOW);
  });

  test("a long absence is caught up with hour by hour, without a hole", () => {
    let at = state({ rolledTo: NOW - 50 * HOUR });
    let counted = at.rolledTo;
    for (let round = 0; round < 60; round++) {
      const window = nextWindow(at, NOW, null);
      expect(window.from).toBeLessThanOrEqual(counted);
      counted = window.to ?? NOW;
      at = window.next;
      if (window.to === null) return;
      expect(window.to - window.from).toBeLessThanOrEqual(HOUR);
    }
    expect.unreachable("never caught up");
  });

  test("a new hub begins a day ago", () => {
    expect(nextWindow(null, NOW, null).from).toBeLessThanOrEqual(NOW - 24 * HOUR);
  });
});
