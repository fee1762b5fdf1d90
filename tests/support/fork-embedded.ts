import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("log"), line: z.string() }),
  z.object({ kind: z.literal("ready"), url: z.string(), adopted: z.boolean(), pid: z.number() }),
]);

export interface ForkedEmbedded {
  readonly url: string;
  readonly adopted: boolean;
  /** Process id of the Postgres server. */
  readonly pid: number;
  readonly log: readonly string[];
  stop(): Promise<void>;
  /** `kill -9`: it gets no chance to tidy up. */
  kill(): Promise<void>;
}

/** Starts (or joins) the embedded Postgres of a folder from another process. */
export const forkEmbedded = async (dataDir: string): Promise<ForkedEmbedded> => {
  const script = fileURLToPath(new URL("./embedded-process.ts", import.meta.url));
  const child = fork(script, [dataDir], { execArgv: ["--import", "tsx"] });
  const log: string[] = [];
  const ready = await new Promise<{ url: string; adopted: boolean; pid: number }>((resolve, reject) => {
    child.on("message", (raw) => {
      const message = messageSchema.parse(raw);
      if (message.kind === "log") log.push(message.line);
      else resolve(message);
    });
    child.once("exit", () => reject(new Error(`The process ended:\n${log.join("\n")}`)));
  });
  return {
    ...ready,
    log,
    stop: () => end(child, () => child.send("stop")),
    kill: () => end(child, () => child.kill("SIGKILL")),
  };
};

const end = async (child: ChildProcess, how: () => void): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  how();
  await exited;
};
