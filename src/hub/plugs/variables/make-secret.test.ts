import { expect, it } from "vitest";
import { makeSecret } from "./make-secret.ts";

it("makes another one each time, of plain characters", () => {
  const secrets = Array.from({ length: 50 }, makeSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});
