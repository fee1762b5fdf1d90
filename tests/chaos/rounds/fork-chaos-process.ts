import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { statementProxy } from "../../support/statement-proxy.ts";
import type { ChaosProcess } from "./chaos-process-handle.ts";

const readySchema = z.object({ kind: z.literal("ready"), port: z.number() });
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FOLDER = at("../../../node_modules/.cache/khotan-chaos/");
let bundled: Promise<unknown> | null = null;

const bundler = z.object({
  build: z.custom<(options: object) => Promise<unknown>>((value) => typeof value === "function"),
});

/** One file starts three times as fast as hundreds do, and many processes are started. */
const bundle = (): Promise<unknown> => {
  // tsx brings it.
  const { build } = bundler.parse(createRequire(createRequire(import.meta.url).resolve("tsx/package.json"))("esbuild"));
  return build({
    entryPoints: [at("./chaos-process.ts"), at("../../../src/engine/durable/world-target.ts")],
    entryNames: "[name]",
    outdir: FOLDER,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
};

/** A process of the driver's, with a wire to the database of its own. */
export async function forkChaosProcess(databaseUrl: string, destinationUrl: string): Promise<ChaosProcess> {
  const wire = await statementProxy(databaseUrl);
  bundled ??= bundle();
  await bundled;
  const child = fork(`${FOLDER}chaos-process.mjs`, [wire.url, destinationUrl, `${FOLDER}world-target.mjs`], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said = (said + chunk).slice(-20_000);
  });
  const gone = once(child, "exit").then(() => wire.close());
  const ready = once(child, "message").then(([raw]) => readySchema.parse(raw).port);
  const port = await Promise.race([
    ready,
    gone.then(() => Promise.reject(new Error(`a process ended while it started:\n${said}`))),
  ]);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    url: `http://127.0.0.1:${port}`,
    wire,
    gone,
    get alive() {
      return !hasEnded();
    },
    dieAt: (point, skip) => void child.send({ kind: "die at", point, skip }),
    stepClock: (byMs) => void child.send({ kind: "step clock", byMs }),
    async kill() {
      if (!hasEnded()) child.kill("SIGKILL");
      await gone;
    },
    complaints: () => said,
    fellOver: () => child.exitCode !== null,
  };
}
