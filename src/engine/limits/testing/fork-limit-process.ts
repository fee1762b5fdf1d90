import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type DeclaredLimits, type LimitReport, reportSchema, type TimedCall } from "./limit-command.ts";

export interface LimitProcess {
  /** Make so many calls at once, each lasting so long. Resolves when all have ended. */
  calls(limits: DeclaredLimits, count: number, holdMs?: number): Promise<TimedCall[]>;
  /** Take one place and keep it. */
  hold(limits: DeclaredLimits): Promise<void>;
  /** The other side said "too many" to this process. @returns when. */
  penalise(limits: DeclaredLimits, waitMs: number): Promise<number>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** A real process that shares limits with others by the database alone. One command at a time. */
export async function forkLimitProcess(url: string): Promise<LimitProcess> {
  const script = fileURLToPath(new URL("./limit-process.ts", import.meta.url));
  const child = fork(script, [url], { execArgv: ["--import", "tsx"] });
  const reported = async <K extends LimitReport["kind"]>(kind: K): Promise<Extract<LimitReport, { kind: K }>> => {
    const gone = once(child, "exit").then(() => Promise.reject(new Error("the process ended")));
    const [raw]: unknown[] = await Promise.race([once(child, "message"), gone]);
    const report = reportSchema.parse(raw);
    if (!isA(report, kind)) throw new Error(`expected ${kind}, got ${report.kind}`);
    return report;
  };
  await reported("ready");
  return {
    async calls(limits, count, holdMs = 0) {
      child.send({ kind: "calls", limits, count, holdMs });
      return (await reported("calls")).calls;
    },
    async hold(limits) {
      child.send({ kind: "hold", limits });
      await reported("holding");
    },
    async penalise(limits, waitMs) {
      child.send({ kind: "penalise", limits, waitMs });
      return (await reported("penalised")).at;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

const isA = <K extends LimitReport["kind"]>(
  report: LimitReport,
  kind: K,
): report is Extract<LimitReport, { kind: K }> => report.kind === kind;
