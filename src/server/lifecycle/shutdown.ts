import { watchNpm } from "./watch-npm.ts";

/** How long everything together may take before we leave anyway. */
const DEADLINE_MS = 10_000;
/** One Ctrl-C under npm arrives twice: from the terminal, and passed on by npm. */
const SAME_KEYSTROKE_MS = 500;

export interface Shutdown {
  /** Runs at the end, in the opposite order of registration; a failing one does not stop the others. */
  defer(name: string, end: () => Promise<void>): void;
  /** Ends everything and the process. Called again, the process ends at once. */
  begin(reason: string, exitCode: number): void;
  /** Has `begin` been called? A start that is under way gives up then. */
  readonly begun: boolean;
  /** Ends everything registered so far, for a start that failed. */
  unwind(): Promise<void>;
}

export const createShutdown = (log: (line: string) => void, exit: (code: number) => void = process.exit): Shutdown => {
  const steps: { name: string; end: () => Promise<void> }[] = [];
  let begunAt: number | undefined;
  const unwind = async (): Promise<void> => {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.end();
      } catch (error) {
        log(`Stopping ${step.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  return {
    defer: (name, end) => void steps.push({ name, end }),
    unwind,
    get begun() {
      return begunAt !== undefined;
    },
    begin(reason, exitCode) {
      if (begunAt !== undefined) {
        if (Date.now() - begunAt > SAME_KEYSTROKE_MS) exit(130);
        return;
      }
      begunAt = Date.now();
      log(`${reason}: stopping (again to stop at once)`);
      const deadline = setTimeout(() => {
        log("Not everything ended in ten seconds: leaving; what was begun is taken up by the next start");
        exit(1);
      }, DEADLINE_MS);
      void unwind().finally(() => {
        clearTimeout(deadline);
        exit(exitCode);
      });
    },
  };
};

/** Stops when asked to: Ctrl-C, SIGTERM, or the end of the npm we run under. */
export const stopOnSignals = (shutdown: Shutdown): void => {
  process.on("SIGINT", () => shutdown.begin("Ctrl-C", 0));
  process.on("SIGTERM", () => shutdown.begin("SIGTERM", 0));
  watchNpm(() => shutdown.begin("npm has ended", 0));
};
