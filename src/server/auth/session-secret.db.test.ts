import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type AppEnvironment, enterAppEnvironment } from "../../../tests/support/app-environment.ts";
import { database } from "../database.ts";
import { authSealed } from "./auth-tables.ts";
import { migrateAuth } from "./migrate-auth.ts";
import { deriveSessionSecret, prepareSessionSecret } from "./session-secret.ts";

const OLD = "o".repeat(64);
const NEW = "n".repeat(64);
let environment: AppEnvironment;

beforeAll(async () => {
  environment = await enterAppEnvironment();
  await migrateAuth(database().sql);
});
afterAll(() => environment.leave());
beforeEach(async () => {
  await database().db.delete(authSealed);
});

const envelope = async () => (await database().db.select().from(authSealed))[0]?.envelope;

it("begins with what sessions were signed with before there was one", async () => {
  expect(await prepareSessionSecret(database(), { secret: OLD })).toBe(deriveSessionSecret(OLD));
});

it("stays the same through a rotation, in several processes at once, and after the former secret is gone", async () => {
  const before = await prepareSessionSecret(database(), { secret: OLD });
  const first = await envelope();
  const rotated = { secret: NEW, previous: OLD };
  const all = await Promise.all([1, 2, 3].map(() => prepareSessionSecret(database(), rotated)));
  expect(new Set(all)).toEqual(new Set([before]));
  const second = await envelope();
  expect(second?.keyId).not.toBe(first?.keyId);
  expect(await prepareSessionSecret(database(), { secret: NEW })).toBe(before);
  expect(await envelope()).toEqual(second);
});

it("is never overwritten by who cannot open it", async () => {
  const before = await prepareSessionSecret(database(), { secret: OLD });
  const stored = await envelope();
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(await prepareSessionSecret(database(), { secret: NEW })).toBe(deriveSessionSecret(NEW));
  expect(told.mock.calls.flat().join()).toContain(stored?.keyId);
  told.mockRestore();
  expect(await envelope()).toEqual(stored);
  expect(await prepareSessionSecret(database(), { secret: NEW, previous: OLD })).toBe(before);
});
