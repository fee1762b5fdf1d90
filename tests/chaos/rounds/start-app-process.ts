import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attemptApp, temporaryDataFolder } from "../../support/run-app.ts";
import { statementProxy } from "../../support/statement-proxy.ts";
import type { ChaosProcess } from "./chaos-process-handle.ts";

const SECRET = "5e".repeat(32);
const CLOCK = fileURLToPath(new URL("./wrong-clock.cjs", import.meta.url));

/** The app as `npm start` starts it, built if need be, on a given database and with the destination in place of its sandbox. */
export async function startAppProcess(databaseUrl: string, destinationUrl: string): Promise<ChaosProcess> {
  const [wire, folder] = await Promise.all([statementProxy(databaseUrl), temporaryDataFolder()]);
  const clockFile = join(folder.path, "clock");
  const { child, output, ready } = attemptApp({
    DATABASE_URL: wire.url,
    KHOTAN_SECRET: SECRET,
    KHOTAN_DATA_DIR: folder.path,
    KHOTAN_SANDBOX: "0",
    KHOTAN_SANDBOX_URL: destinationUrl,
    CHAOS_CLOCK: clockFile,
    NODE_OPTIONS: `--require ${CLOCK}`,
  });
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      isGone = true;
      resolve();
    });
  }).then(async () => {
    await wire.close();
    await folder.remove();
  });
  await ready;
  const url = /http:\/\/localhost:\d+/.exec(output())?.[0];
  if (!url) throw new Error(`No address in:\n${output()}`);
  let offMs = 0;
  return {
    url,
    wire,
    gone,
    get alive() {
      return !isGone;
    },
    dieAt() {
      throw new Error("the app has no such places");
    },
    stepClock(byMs) {
      offMs += byMs;
      if (isGone) return;
      writeFileSync(clockFile, String(offMs));
      child.kill("SIGUSR2");
    },
    async kill() {
      if (!isGone) child.kill("SIGKILL");
      await gone;
    },
    complaints: () => output().slice(-20_000),
    fellOver: () => child.exitCode !== null,
  };
}
