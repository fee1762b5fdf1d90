import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { examineApp } from "./examine-app.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "khotan-doctor-"));
  await mkdir(join(folder, "node_modules/next"), { recursive: true });
  await writeFile(join(folder, "package.json"), "{}");
  await writeFile(join(folder, "node_modules/next/package.json"), '{"version":"16.0.1"}');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stateOf = async (about: string, node?: string) =>
  (await examineApp(folder, node)).find((finding) => finding.about === about)?.state;

it("looks at versions and the config", async () => {
  expect(await stateOf("node", "20.18.3")).toBe("failed");
  expect(await stateOf("node", "24.0.0")).toBe("ok");
  expect(await stateOf("next")).toBe("ok");
  expect(await stateOf("config")).toBe("warning");
  await writeFile(join(folder, "khotan.config.ts"), "");
  expect(await stateOf("config")).toBe("ok");
});

it.each([
  ['export const config = { matcher: ["/dashboard/:path"] };', "ok"],
  ["export function proxy() {}", "failed"],
  ['export const config = { matcher: "/((?!api|_next/static).*)" };', "failed"],
  ['export const config = { matcher: "/((?!\\\\.well-known/workflow|_next).*)" };', "ok"],
])("judges a middleware: %s", async (text, state) => {
  await writeFile(join(folder, "proxy.ts"), text);
  expect(await stateOf("middleware")).toBe(state);
});
