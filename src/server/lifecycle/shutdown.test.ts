import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createShutdown } from "./shutdown.ts";

describe("createShutdown", () => {
  const ended: string[] = [];
  const exits: number[] = [];
  const lines: string[] = [];
  const shutdown = () =>
    createShutdown(
      (line) => lines.push(line),
      (code) => exits.push(code),
    );

  beforeEach(() => {
    vi.useFakeTimers();
    for (const list of [ended, exits, lines]) list.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  it("ends things in the opposite order of their beginning, then the process", async () => {
    const one = shutdown();
    for (const name of ["database", "workers", "server"]) one.defer(name, async () => void ended.push(name));
    one.begin("Ctrl-C", 0);
    await vi.runAllTimersAsync();
    expect(ended).toEqual(["server", "workers", "database"]);
    expect(exits).toEqual([0]);
  });

  it("ends the rest when one fails, and says which", async () => {
    const one = shutdown();
    one.defer("database", async () => void ended.push("database"));
    one.defer("workers", () => Promise.reject(new Error("stuck")));
    one.begin("Ctrl-C", 0);
    await vi.runAllTimersAsync();
    expect(ended).toEqual(["database"]);
    expect(lines).toContain("Stopping workers failed: stuck");
  });

  it("leaves after ten seconds, whatever still runs", async () => {
    const one = shutdown();
    one.defer("workers", () => new Promise(() => undefined));
    one.begin("Ctrl-C", 0);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(exits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(exits).toEqual([1]);
  });

  it("leaves at once when asked again", async () => {
    const one = shutdown();
    one.defer("workers", () => new Promise(() => undefined));
    one.begin("Ctrl-C", 0);
    await vi.advanceTimersByTimeAsync(600);
    one.begin("Ctrl-C", 0);
    expect(exits).toEqual([130]);
  });

  it("takes one keystroke, which arrives from the terminal and from npm, for one", async () => {
    const one = shutdown();
    one.defer("workers", () => new Promise(() => undefined));
    one.begin("Ctrl-C", 0);
    await vi.advanceTimersByTimeAsync(20);
    one.begin("Ctrl-C", 0);
    expect(exits).toEqual([]);
  });
});
