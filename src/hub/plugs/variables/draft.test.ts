import { describe, expect, it } from "vitest";
import type { VariableField } from "../../../contract/index.ts";
import { changeDraft, dropFromDraft, fieldProblem, issuesByKey } from "./draft.ts";

const field = (extra: Partial<VariableField> = {}): VariableField => ({
  key: "baseUrl",
  label: "Base URL",
  type: "url",
  secret: false,
  required: false,
  set: true,
  value: "https://api.example.com",
  ...extra,
});

describe("changeDraft", () => {
  it("counts a change once and forgets one that was taken back", () => {
    const changed = changeDraft({}, field(), "https://other.example.com");
    expect(changed).toEqual({ baseUrl: "https://other.example.com" });
    expect(changeDraft(changed, field(), "https://api.example.com")).toEqual({});
  });

  it("clears with null, and clears nothing that is not set", () => {
    expect(changeDraft({}, field(), "")).toEqual({ baseUrl: null });
    expect(changeDraft({ baseUrl: "x" }, field({ set: false, value: null }), "")).toEqual({});
  });

  it("always takes a new secret, since the stored one is not known here", () => {
    const secret = field({ key: "apiKey", type: "password", secret: true, value: "••••4kQz" });
    expect(changeDraft({}, secret, "••••4kQz")).toEqual({ apiKey: "••••4kQz" });
    expect(changeDraft({ apiKey: "x" }, secret, "")).toEqual({});
    expect(changeDraft({}, secret, null)).toEqual({ apiKey: null });
  });

  it("keeps other keys", () => {
    expect(dropFromDraft(changeDraft({ mode: "live" }, field(), "https://x.example"), "baseUrl")).toEqual({
      mode: "live",
    });
  });
});

describe("fieldProblem", () => {
  it.each([
    [field(), {}, null],
    [field(), { baseUrl: "ftp://x" }, "notUrl"],
    [field(), { baseUrl: "not a url" }, "notUrl"],
    [field(), { baseUrl: "http://localhost:4010" }, null],
    [field({ required: true }), { baseUrl: null }, "required"],
    [field({ type: "number" }), { baseUrl: "12a" }, "notNumber"],
    [field({ type: "number" }), { baseUrl: 12 }, null],
  ])("%#", (target, draft, problem) => expect(fieldProblem(target, draft)).toBe(problem));
});

it("finds the field an issue speaks of", () => {
  const issues = issuesByKey([
    { path: "vars.webhookSecret", message: "too short" },
    { path: "apiKey", message: "unknown" },
  ]);
  expect(issues.get("webhookSecret")).toBe("too short");
  expect(issues.get("apiKey")).toBe("unknown");
});
