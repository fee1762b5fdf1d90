import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const FOLDER = fileURLToPath(new URL("../../node_modules/.cache/khotan-tests/", import.meta.url));
const bundler = z.object({
  build: z.custom<(options: object) => Promise<unknown>>((value) => typeof value === "function"),
});

/** Our world as a file that Workflow can load, which knows no TypeScript. @returns its path, for `WORKFLOW_TARGET_WORLD` */
export async function bundleWorld(): Promise<string> {
  // tsx brings it.
  const { build } = bundler.parse(createRequire(createRequire(import.meta.url).resolve("tsx/package.json"))("esbuild"));
  await build({
    entryPoints: [fileURLToPath(new URL("../../src/engine/durable/world-target.ts", import.meta.url))],
    outfile: `${FOLDER}world-target.mjs`,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return `${FOLDER}world-target.mjs`;
}
