import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { examineApp } from "./examine-app.ts";
import { examineEnvironment } from "./examine-environment.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-doctor-"));
  await mkdir(join(folder, "app"));
  await mkdir(join(folder, "node_modules/next"), { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "dependencies": { "next": "16.4.3" } }');
  await writeFile(join(folder, "node_modules/next/package.json"), '{"version":"16.0.1"}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stateOf = async (about: string, node?: string) =>
  (await examineApp(folder, node)).find((finding) => finding.about === about)?.state;

it("looks at versions and at what khotan init sets up", async () => {
  expect(await stateOf("node", "20.18.3")).toBe("failed");
  expect(await stateOf("node", "24.0.0")).toBe("ok");
  expect(await stateOf("next")).toBe("ok");
  const files = { config: "khotan.config.ts", "next config": "next.config.ts", instrumentation: "instrumentation.ts" };
  for (const [about, file] of Object.entries(files)) {
    expect(await stateOf(about)).toBe("warning");
    await writeFile(join(folder, file), "withKhotan(startKhotan)");
    expect(await stateOf(about)).toBe(about === "instrumentation" ? "warning" : "ok");
  }
  await writeFile(join(folder, "instrumentation.ts"), 'import("khotan/instrumentation")');
  expect(await stateOf("instrumentation")).toBe("ok");
  expect(await stateOf("zod")).toBe("warning");
});

it("finds packages where Node does, above a package of a monorepo, and names the app's own package manager", async () => {
  const app = join(folder, "apps/web");
  await mkdir(join(app, "app"), { recursive: true });
  await writeFile(join(app, "package.json"), '{ "dependencies": { "next": "16.4.3" } }');
  const next = async () => (await examineApp(app)).find(({ about }) => about === "next");
  expect(await next()).toMatchObject({ state: "ok", message: "16.0.1" });
  await rm(join(folder, "node_modules"), { recursive: true });
  await writeFile(join(folder, "pnpm-workspace.yaml"), "");
  expect(await next()).toMatchObject({ state: "failed", fix: "pnpm install" });
});

it.each([
  ['export default { schema: "./s.ts", tablesFilter: ["!khotan_*"] };', "ok"],
  ['export default { schema: "./s.ts" };', "warning"],
  ["export default config();", "warning"],
])("judges a Drizzle config: %s", async (text, state) => {
  await writeFile(join(folder, "drizzle.config.ts"), text);
  expect(await stateOf("drizzle config")).toBe(state);
});

it.each([
  ['export const config = { matcher: ["/dashboard/:path"] };', "ok"],
  ["export function proxy() {}", "failed"],
  ['export const config = { matcher: "/((?!api|_next/static).*)" };', "failed"],
  ['export const config = { matcher: "/((?!\\\\.well-known/workflow|_next).*)" };', "ok"],
  ["export { config } from './elsewhere';", "warning"],
])("judges a middleware: %s", async (text, state) => {
  await writeFile(join(folder, "proxy.ts"), text);
  expect(await stateOf("middleware")).toBe(state);
});

it("says what is wrong with variables, and never what is in them", { timeout: 120_000 }, async () => {
  const states = async (env: Record<string, string>) =>
    (await examineEnvironment(env)).map(({ about, state }) => `${about} ${state}`);
  expect(await states({})).toEqual([]);
  expect(await states({ KHOTAN_SECRET: "short-but-secret", KHOTAN_WEBHOOK_URL: "app.example" })).toEqual([
    "KHOTAN_SECRET failed",
    "KHOTAN_WEBHOOK_URL failed",
  ]);
  const broken = await examineEnvironment({ DATABASE_URL: "postgres://me:pass-word@127.0.0.1:9/none" });
  expect(broken.map(({ about }) => about)).toEqual(["KHOTAN_SECRET", "DATABASE_URL"]);
  expect(JSON.stringify(broken)).not.toMatch(/pass-word|short-but-secret/);
  expect(broken.every(({ fix }) => (fix ?? "").length > 0)).toBe(true);
});
