/** How long ending may take before the process ends all the same. */
const LIMIT_MS = 10_000;

/**
 * Runs the stops, last one first, when the process is told to end. Next ends the process itself once its own server
 * is closed, with work of ours half done; so that end waits for us.
 */
export function endInOrder(stops: (() => Promise<void>)[], log: (line: string) => void): void {
  let ending: Promise<void> | undefined;
  const exit = process.exit.bind(process);
  const end = (code: number) => {
    if (ending) return;
    ending = within(LIMIT_MS, runAll(stops, log));
    // Whoever asks for the end from now on gets it when we are done.
    const later = (asked?: string | number | null) => void ending?.finally(() => exit(asked ?? code));
    Object.assign(process, { exit: later });
    // Where nobody else ends the process, as under a custom server.
    const alone = process.listenerCount("SIGTERM") + process.listenerCount("SIGINT") <= 2;
    if (alone) later(code);
  };
  process.on("SIGTERM", () => end(143));
  process.on("SIGINT", () => end(130));
}

async function runAll(stops: (() => Promise<void>)[], log: (line: string) => void): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      log(`Khotan did not end in order: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const within = (ms: number, work: Promise<void>): Promise<void> =>
  Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, ms).unref())]);
