import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { personsEnvironment } from "./finish.ts";

export interface StartedApp {
  readonly url: string;
  output(): string;
  /** As an orchestrator does. Resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** `next start` on a free port, ready when the hub is. @throws Error with all it printed when it is not within two minutes */
export async function startApp(folder: string, modules: string): Promise<StartedApp> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(modules, "next", "dist", "bin", "next"), "start", "-p", String(port)], {
    cwd: folder,
    env: personsEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const url = `http://localhost:${port}`;
  const exit = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    return exit;
  };
  const until = Date.now() + 120_000;
  while (Date.now() < until && child.exitCode === null) {
    const ready = await fetch(`${url}/api/khotan/ready`).catch(() => undefined);
    if (ready?.ok) return { url, output: () => output, stop };
    await delay(200);
  }
  child.kill("SIGKILL");
  throw new Error(`The app did not become ready:\n${output}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}
