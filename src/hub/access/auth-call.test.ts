import { expect, it } from "vitest";
import { authCall } from "./auth-call.ts";

const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  async () =>
    new Response(JSON.stringify(body), { status, headers });

it.each([
  [401, { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" }, "wrong"],
  [429, { message: "Too many requests" }, "limited"],
  [403, { error: { code: "forbidden", message: "This link is not valid, or no longer." }, requestId: "r" }, "token"],
  [409, { error: { code: "conflict", message: "There is an admin already." }, requestId: "r" }, "exists"],
  [422, { error: { code: "validation_failed", message: "x", issues: [{ path: "email", message: "bad" }] } }, "invalid"],
  [500, "oops", "other"],
])("%d is told apart", async (status, body, code) => {
  expect((await authCall("/x", {}, answers(status, body)))?.code).toBe(code);
});

it("says how long to wait, and nothing when all is well", async () => {
  expect((await authCall("/x", {}, answers(429, {}, { "x-retry-after": "42" })))?.retryAfter).toBe(42);
  expect(await authCall("/x", {}, answers(200, {}))).toBeNull();
});

it("tells a server that is gone from one that refuses", async () => {
  const gone = async () => Promise.reject(new TypeError("failed"));
  expect((await authCall("/x", {}, gone))?.code).toBe("unreachable");
});
