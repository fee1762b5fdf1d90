import { describe, expect, it } from "vitest";
import { matchesStroke, matchSequence, type Stroke } from "./match-keys.ts";

const press = (key: string, extra: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...extra,
});

describe("matchesStroke", () => {
  it.each([
    ["mod+k", press("k", { metaKey: true }), true],
    ["mod+k", press("k", { ctrlKey: true }), true],
    ["mod+k", press("k"), false],
    ["k", press("k", { metaKey: true }), false],
    ["?", press("?", { shiftKey: true }), true],
    ["shift+x", press("X", { shiftKey: true }), true],
    ["x", press("X", { shiftKey: true }), false],
    ["Escape", press("Escape"), true],
    ["j", press("j", { altKey: true }), false],
  ])("%s", (stroke, event, expected) => expect(matchesStroke(stroke, event)).toBe(expected));
});

describe("matchSequence", () => {
  const shortcuts = ["g r", "g e", "r", "?"];
  it("waits for the second stroke", () => {
    expect(matchSequence(shortcuts, [], press("g"))).toEqual({ complete: null, pending: true });
    expect(matchSequence(shortcuts, [press("g")], press("r"))).toEqual({ complete: "g r", pending: false });
  });
  it("gives up on a stroke that leads nowhere", () => {
    expect(matchSequence(shortcuts, [press("g")], press("x"))).toEqual({ complete: null, pending: false });
  });
  it("takes a single stroke at once", () => {
    expect(matchSequence(shortcuts, [], press("r"))).toEqual({ complete: "r", pending: false });
  });
});
