import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface FlowProcess {
  readonly pid: number;
  /** Resolves when the flow `pages` stands still within page 3. */
  readonly standing: Promise<void>;
  /** Set its clock; it looks at its schedules at once. */
  setClock(now: number): void;
  /** Resolves when it has ended, by itself or not. */
  readonly gone: Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** A real process that shares flows with others by the database alone. */
export async function forkFlowProcess(url: string, now: number): Promise<FlowProcess> {
  const script = fileURLToPath(new URL("./flow-process.ts", import.meta.url));
  const child = fork(script, [url, String(now)], { execArgv: ["--import", "tsx"] });
  const gone = once(child, "exit").then(() => undefined);
  const told = (kind: string) =>
    new Promise<void>((resolve) => {
      child.on("message", (message) => {
        if (typeof message === "object" && message !== null && "kind" in message && message.kind === kind) resolve();
      });
    });
  const standing = told("standing");
  await Promise.race([told("ready"), gone.then(() => Promise.reject(new Error("the process ended")))]);
  return {
    pid: child.pid ?? 0,
    standing,
    gone,
    setClock: (time) => void child.send({ now: time }),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await gone;
    },
  };
}
