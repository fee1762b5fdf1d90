import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { mustFinish } from "./finish.ts";
import { install, writeManifest } from "./install.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder for apps, with the packed library. */
    consumer: { readonly folder: string; readonly tarball: string; readonly installed: boolean };
  }
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packs the library as npm would publish it, and installs it once; the only step that needs the registry. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "khotan-consumer-"));
  // Postgres, run by another user where we are root, must get in.
  await chmod(folder, 0o711);
  await mustFinish(root, [process.execPath, join(root, "scripts", "build-lib.mjs")]);
  const packed = await mustFinish(root, ["npm", "pack", "--json", "--ignore-scripts", "--pack-destination", folder]);
  const name = /"filename":\s*"([^"]+\.tgz)"/.exec(packed.out)?.[1] ?? "";
  const tarball = join(folder, name);
  const base = join(folder, "installed-16");
  await writeManifest(base, tarball, "16");
  const installed = await install(base, "npm");
  if (!installed) console.log("\n  consumer tests left out: the npm registry cannot be reached\n");
  project.provide("consumer", { folder, tarball, installed });
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
