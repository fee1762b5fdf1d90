import { expect, test } from "vitest";
import { workflowFailure, workflowResult } from "./workflow-result.ts";

const failed = (error: { message: string; stack?: string; code?: string }) => ({ status: "failed", error }) as const;

test("a completed run returned its value", () => {
  expect(workflowResult({ status: "completed", value: 7 }, false)).toEqual({
    kind: "returned",
    value: 7,
    counters: {},
  });
});

test("a run that finished its work although it was to be cancelled has succeeded", () => {
  expect(workflowResult({ status: "completed", value: 7 }, true)).toMatchObject({ kind: "returned" });
});

test("a cancelled run, and one that failed because it was to be cancelled, are cancelled", () => {
  expect(workflowResult({ status: "cancelled" }, false)).toEqual({ kind: "cancelled" });
  expect(workflowResult(failed({ message: "The run was cancelled." }), true)).toEqual({ kind: "cancelled" });
});

test("steps are named as people know them", () => {
  const message = 'Step "step//./src/khotan/workflows/record-invoice//save" failed after 3 retries: no such table';
  expect(workflowFailure({ message, code: "USER_ERROR" })).toMatchObject({
    code: "handler_threw",
    message: 'Step "save" failed after 3 retries: no such table',
  });
});

test("only an error that says so itself is permanent", () => {
  const permanent = (stack?: string) => {
    const result = workflowResult(failed({ message: "m", stack }), false);
    return result.kind === "threw" && result.permanent;
  };
  expect(permanent("FatalError: no\n    at save")).toBe(true);
  expect(permanent("PermanentError: no")).toBe(true);
  expect(permanent("Error: FatalError: no")).toBe(false);
  expect(permanent("FatalErrorLike: no")).toBe(false);
  expect(permanent(undefined)).toBe(false);
});

test("Workflow's own troubles have codes of their own", () => {
  expect(workflowFailure({ message: "", code: "CORRUPTED_EVENT_LOG" })).toMatchObject({
    code: "workflow_corrupted_event_log",
    message: "The workflow failed without a message.",
  });
});
