import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { WorkMessage } from "./work-plugs.ts";

const messageSchema = z.object({
  kind: z.enum(["ready", "running", "aborted"]),
  runId: z.string(),
  at: z.number(),
});

export interface WorkProcess {
  /** The next message of this kind, also one that came already. */
  next(kind: WorkMessage["kind"]): Promise<WorkMessage>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** A real process that handles what is in this database, with the plugs of `work-plugs.ts`. */
export async function forkWorkProcess(url: string): Promise<WorkProcess> {
  const script = fileURLToPath(new URL("./work-process.ts", import.meta.url));
  const child = fork(script, [url], { execArgv: ["--import", "tsx"] });
  const heard: WorkMessage[] = [];
  const ear = new EventEmitter();
  child.on("message", (raw) => {
    heard.push(messageSchema.parse(raw));
    ear.emit("heard");
  });
  const gone = once(child, "exit").then(() => Promise.reject(new Error("the process ended")));
  gone.catch(() => undefined);
  const next = async (kind: WorkMessage["kind"]): Promise<WorkMessage> => {
    for (;;) {
      const at = heard.findIndex((message) => message.kind === kind);
      const [message] = at < 0 ? [] : heard.splice(at, 1);
      if (message) return message;
      await Promise.race([once(ear, "heard"), gone]);
    }
  };
  await next("ready");
  return {
    next,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
