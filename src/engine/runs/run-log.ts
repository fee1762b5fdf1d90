import type { LogLevel } from "../../contract/index.ts";
import type { RunLog } from "../handlers/context.ts";
import type { RunLogLine, RunLogWriter } from "./run-log-writer.ts";

export interface OpenRunLog {
  readonly log: RunLog;
  /** Wait until every line written so far is stored. Lines that could not be stored are lost, not the run. */
  flush(): Promise<void>;
}

/** The log of one attempt. */
export function openRunLog(
  write: RunLogWriter,
  line: Pick<RunLogLine, "runId" | "attempt">,
  now: () => number,
): OpenRunLog {
  const pending = new Set<Promise<void>>();
  const at = (level: LogLevel) => (message: string, data?: unknown) => {
    const written = write({ ...line, at: new Date(now()), level, message, data }).catch(() => undefined);
    pending.add(written);
    void written.then(() => pending.delete(written));
  };
  return {
    log: Object.assign(at("info"), { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }),
    async flush() {
      await Promise.all(pending);
    },
  };
}
