import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export interface SandboxProcess {
  /** Where it listens; `undefined` when it could not start, e.g. because its port is taken. */
  readonly url: string | undefined;
  stop(): Promise<void>;
}

const readyMessage = z.object({ type: z.literal("ready"), url: z.string() });

/**
 * Starts the sandbox beside us. It ends with us, however that happens: it watches the channel between us. Khotan works
 * without it, so a sandbox that does not start is a line in the log and no more.
 */
export const startSandboxProcess = async (options: {
  readonly root: string;
  readonly port: number;
  /** Keeps its webhook subscriptions over restarts. */
  readonly stateFile: string | undefined;
  readonly log: (line: string) => void;
}): Promise<SandboxProcess> => {
  const script = join(options.root, "dist", "sandbox", "main.js");
  if (!existsSync(script)) return { url: undefined, stop: async () => undefined };
  const child = fork(script, [], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
    env: {
      ...process.env,
      KHOTAN_SANDBOX_PORT: String(options.port),
      ...(options.stateFile && !process.env.KHOTAN_SANDBOX_STATE && { KHOTAN_SANDBOX_STATE: options.stateFile }),
    },
  });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString("utf8")).slice(-2_000);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string | undefined>((resolve) => {
    child.on("message", (raw) => {
      const message = readyMessage.safeParse(raw);
      if (message.success) resolve(message.data.url);
    });
    void gone.then(() => resolve(undefined));
  });
  if (url === undefined)
    options.log(`The sandbox did not start: ${complaint.trim().split("\n").at(-1) ?? "no reason given"}`);
  return {
    url,
    stop: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
};
