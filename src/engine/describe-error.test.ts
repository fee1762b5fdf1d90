import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { describeError } from "./describe-error.ts";
import { toFailure } from "./runs/failure.ts";

const refused = new DrizzleQueryError("insert into t values ($1)", ["my-secret"], new Error("duplicate key value"));

test("neither a log line nor a run's error shows a statement's parameters", () => {
  expect(describeError(refused)).toBe("duplicate key value");
  expect(describeError(new Error("could not save", { cause: refused }))).toBe("could not save: duplicate key value");
  const failure = toFailure(refused);
  expect(failure.message).toBe("duplicate key value");
  expect(JSON.stringify(failure)).not.toContain("my-secret");
});

test("anything that is thrown can be described", () => {
  expect(describeError("text")).toBe("text");
  expect(describeError(undefined)).toBe("undefined");
  expect(describeError(new Error(""))).toBe("Error");
});
